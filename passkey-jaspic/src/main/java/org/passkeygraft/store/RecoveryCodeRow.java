package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.passkeygraft.UserHandle;

@Entity(name = "PasskeyRecoveryCode")
@Table(name = "passkey_recovery_code")
@NamedQuery(
        name = RecoveryCodeRow.REMAINING,
        query = "select u.accountKey, count(c.digest) from PasskeyRecoveryCode c, PasskeyUser u"
                + " where c.owner = u.handle and u.accountKey = :key group by u.accountKey")
@NamedQuery(
        name = RecoveryCodeRow.USE,
        query = "delete from PasskeyRecoveryCode c where c.digest = :digest and c.owner = :owner")
@NamedQuery(name = RecoveryCodeRow.REMOVE, query = "delete from PasskeyRecoveryCode c where c.owner = :owner")
final class RecoveryCodeRow {
    static final String REMAINING = "passkey.recovery-code.remaining";
    static final String USE = "passkey.recovery-code.use";
    static final String REMOVE = "passkey.recovery-code.remove";

    @Id
    @Column(name = "digest", nullable = false, length = 43)
    private String digest = "";

    @Column(name = "owner_handle", nullable = false, length = 86)
    private String owner = "";

    @Column(name = "made_at", nullable = false)
    private Instant madeAt = Instant.EPOCH;

    /** For the persistence provider. */
    RecoveryCodeRow() {}

    RecoveryCodeRow(UserHandle owner, String digest, Instant madeAt) {
        this.owner = owner.toString();
        this.digest = digest;
        this.madeAt = madeAt;
    }
}
