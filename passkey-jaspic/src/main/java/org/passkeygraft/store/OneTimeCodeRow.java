package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.passkeygraft.UserHandle;

@Entity(name = "PasskeyOneTimeCode")
@Table(name = "passkey_one_time_code")
@NamedQuery(name = OneTimeCodeRow.OF, query = "select c from PasskeyOneTimeCode c where c.id = :id")
@NamedQuery(
        name = OneTimeCodeRow.SEND,
        query = "update PasskeyOneTimeCode c set c.sends = c.sends + 1"
                + " where c.id = :id and c.sends < :most and c.sendsFrom > :before")
@NamedQuery(
        name = OneTimeCodeRow.SEND_ANEW,
        query = "update PasskeyOneTimeCode c set c.sends = 1, c.sendsFrom = :now"
                + " where c.id = :id and c.sendsFrom <= :before")
@NamedQuery(
        name = OneTimeCodeRow.UNSEND,
        query = "update PasskeyOneTimeCode c set c.sends = c.sends - 1 where c.id = :id and c.sends > 0")
@NamedQuery(
        name = OneTimeCodeRow.REPLACE,
        query = "update PasskeyOneTimeCode c set c.holder = :holder, c.digest = :digest, c.kind = :kind,"
                + " c.address = :address, c.triesLeft = :tries, c.expiresAt = :until where c.id = :id")
@NamedQuery(
        name = OneTimeCodeRow.TRY,
        query = "update PasskeyOneTimeCode c"
                + " set c.triesLeft = c.triesLeft - 1, c.wrong = c.wrong + 1, c.wrongAt = :now"
                + " where c.id = :id and c.holder = :holder and c.digest <> '' and c.expiresAt > :now"
                + " and c.triesLeft > 0 and c.wrong < :most")
@NamedQuery(
        name = OneTimeCodeRow.USE,
        query = "update PasskeyOneTimeCode c set c.digest = '', c.wrong = c.wrong - 1"
                + " where c.id = :id and c.digest = :digest")
@NamedQuery(
        name = OneTimeCodeRow.COUNT_ANEW,
        query = "update PasskeyOneTimeCode c set c.wrong = 0, c.wrongFrom = :now"
                + " where c.id = :id and c.wrong < :most and c.wrongFrom <= :before")
@NamedQuery(
        name = OneTimeCodeRow.FORGIVE,
        query = "update PasskeyOneTimeCode c set c.wrong = 0, c.wrongFrom = :now"
                + " where c.id = :id and c.wrong > 0 and c.wrongAt < :before")
final class OneTimeCodeRow {
    static final String OF = "passkey.one-time-code.of";
    static final String SEND = "passkey.one-time-code.send";
    static final String SEND_ANEW = "passkey.one-time-code.send-anew";
    static final String UNSEND = "passkey.one-time-code.unsend";
    static final String REPLACE = "passkey.one-time-code.replace";
    static final String TRY = "passkey.one-time-code.try";
    static final String USE = "passkey.one-time-code.use";
    static final String COUNT_ANEW = "passkey.one-time-code.count-anew";
    static final String FORGIVE = "passkey.one-time-code.forgive";

    @Id
    @Column(name = "id", nullable = false, length = 100)
    private String id = "";

    @Column(name = "holder", nullable = false, length = 43)
    private String holder = "";

    @Column(name = "digest", nullable = false, length = 43)
    private String digest = "";

    @Column(name = "kind", nullable = false, length = 10)
    private String kind = "";

    @Column(name = "address", nullable = false, length = 254)
    private String address = "";

    @Column(name = "tries_left", nullable = false)
    private int triesLeft;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt = Instant.EPOCH;

    @Column(name = "sends", nullable = false)
    private int sends;

    @Column(name = "sends_from", nullable = false)
    private Instant sendsFrom = Instant.EPOCH;

    @Column(name = "wrong", nullable = false)
    private int wrong;

    @Column(name = "wrong_from", nullable = false)
    private Instant wrongFrom = Instant.EPOCH;

    @Column(name = "wrong_at", nullable = false)
    private Instant wrongAt = Instant.EPOCH;

    /** For the persistence provider. */
    OneTimeCodeRow() {}

    /** Of a user who never asked for a code. */
    OneTimeCodeRow(String id) {
        this.id = id;
    }

    static String id(UserHandle owner, CodePurpose purpose) {
        return purpose.label() + '/' + owner;
    }

    boolean hasId(String asked) {
        return id.equals(asked);
    }

    SentCode toCode() {
        return new SentCode(holder, digest, ContactRow.contact(kind, address).orElseThrow());
    }

    boolean isSent(Instant now) {
        return !digest.isEmpty() && triesLeft > 0 && expiresAt.isAfter(now);
    }

    int wrong() {
        return wrong;
    }

    Instant wrongAt() {
        return wrongAt;
    }
}
