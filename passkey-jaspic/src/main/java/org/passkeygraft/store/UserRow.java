package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.UserHandle;

@Entity(name = "PasskeyUser")
@Table(name = "passkey_user")
@NamedQuery(name = UserRow.BY_KEY, query = "select u from PasskeyUser u where u.accountKey = :key")
@NamedQuery(
        name = UserRow.STANDING,
        query = "select p, u, (select count(c.id) from PasskeyCredential c where c.owner = u.handle),"
                + " (select count(d.id) from PasskeyCredential d where d.owner = u.handle and d.use = :use)"
                + " from PasskeyPolicy p left join PasskeyUser u on u.accountKey = :key where p.id = 1")
@NamedQuery(name = UserRow.HOLDERS_OF_NAME, query = "select u from PasskeyUser u where u.holdsName = :name")
@NamedQuery(
        name = UserRow.QUARANTINE,
        query = "update PasskeyUser u set u.quarantined = true, u.epoch = u.epoch + 1 where u.handle = :handle")
@NamedQuery(
        name = UserRow.RENAME,
        query = "update PasskeyUser u set u.accountName = :name, u.searchName = :searchName, u.quarantined = false"
                + " where u.handle = :handle")
@NamedQuery(
        name = UserRow.DEFER_BINDING,
        query = "update PasskeyUser u set u.bindingDeferredUntil = :until where u.handle = :handle")
@NamedQuery(
        name = UserRow.RAISE_EPOCH,
        query = "update PasskeyUser u set u.epoch = u.epoch + 1 where u.handle = :handle")
// Only while the epoch is still the one that is known: of any number of these at once, one counts.
@NamedQuery(
        name = UserRow.END_EPOCH,
        query = "update PasskeyUser u set u.epoch = u.epoch + 1"
                + " where u.handle = :handle and u.epoch = :epoch and u.quarantined = false")
@NamedQuery(name = UserRow.HOLD, query = "update PasskeyUser u set u.changes = u.changes + 1 where u.handle = :handle")
@NamedQuery(
        name = UserRow.HOLD_EPOCH,
        query = "update PasskeyUser u set u.changes = u.changes + 1 where u.handle = :handle and u.epoch = :epoch")
@NamedQuery(name = UserRow.EPOCH, query = "select u.accountKey, u.epoch from PasskeyUser u where u.accountKey = :key")
@NamedQuery(name = UserRow.EPOCH_OF_HANDLE, query = "select u.epoch from PasskeyUser u where u.handle = :handle")
@NamedQuery(name = UserRow.ISSUED, query = "select u.handle from PasskeyUser u where u.handle = :handle")
@NamedQuery(
        name = UserRow.NAMES_ENDING,
        query = "select u.accountName from PasskeyUser u where lower(u.accountName) like :ending escape '!'")
@NamedQuery(name = UserRow.BY_HANDLE, query = "select u from PasskeyUser u where u.handle = :handle")
@NamedQuery(
        name = UserRow.SEARCH,
        query = "select u from PasskeyUser u where u.searchName >= :from order by u.searchName, u.handle")
@NamedQuery(name = UserRow.TOTAL, query = "select count(u.handle) from PasskeyUser u")
final class UserRow {
    static final String NAMES_ENDING = "passkey.user.names-ending";
    static final String TOTAL = "passkey.user.total";
    static final String BY_KEY = "passkey.user.by-key";
    static final String STANDING = "passkey.user.standing";
    static final String HOLDERS_OF_NAME = "passkey.user.holders-of-name";
    static final String QUARANTINE = "passkey.user.quarantine";
    static final String RENAME = "passkey.user.rename";
    static final String DEFER_BINDING = "passkey.user.defer-binding";
    static final String RAISE_EPOCH = "passkey.user.raise-epoch";
    static final String END_EPOCH = "passkey.user.end-epoch";
    static final String HOLD = "passkey.user.hold";
    static final String HOLD_EPOCH = "passkey.user.hold-epoch";
    static final String EPOCH = "passkey.user.epoch";
    static final String EPOCH_OF_HANDLE = "passkey.user.epoch-of-handle";
    static final String ISSUED = "passkey.user.issued";
    static final String BY_HANDLE = "passkey.user.by-handle";
    static final String SEARCH = "passkey.user.search";

    private static final int LONGEST = 255;

    @Id
    @Column(name = "handle", nullable = false, length = 86)
    private String handle = "";

    @Column(name = "account_key", nullable = false, length = 255)
    private String accountKey = "";

    @Column(name = "account_name", nullable = false, length = 255)
    private String accountName = "";

    @Column(name = "epoch", nullable = false)
    private long epoch;

    @Column(name = "changes", nullable = false)
    private long changes;

    @Column(name = "binding_deferred_until")
    private @Nullable Instant bindingDeferredUntil;

    @Column(name = "quarantined", nullable = false)
    private boolean quarantined;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt = Instant.EPOCH;

    /** What a search compares, see {@link #searchName(String)}. */
    @Column(name = "search_name", nullable = false, length = 255)
    private String searchName = "";

    /** The account name unless quarantined, else null: kept by the database, so that one user holds a name. */
    @Column(name = "holds_name", length = 255, insertable = false, updatable = false)
    private @Nullable String holdsName;

    /** For the persistence provider. */
    UserRow() {}

    UserRow(UserHandle handle, Account account, Instant createdAt) {
        this.handle = handle.toString();
        this.accountKey = account.key();
        this.accountName = account.name();
        this.searchName = searchName(account.name());
        this.createdAt = createdAt;
    }

    /** One text for every spelling that a person who searches would take for the same; folding may lengthen a name. */
    static String searchName(String text) {
        String folded = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('\0', '\ufffd');
        return folded.length() <= LONGEST ? folded : folded.substring(0, LONGEST);
    }

    String accountKey() {
        return accountKey;
    }

    boolean isFoundBy(String beginning) {
        return searchName.startsWith(beginning);
    }

    PasskeyUser toUser() {
        return new PasskeyUser(
                new UserHandle(Bytes.require(handle)),
                new Account(accountName, accountKey),
                epoch,
                bindingDeferredUntil,
                quarantined);
    }
}
