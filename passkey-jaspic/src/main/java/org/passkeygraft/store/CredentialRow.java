package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.UserHandle;

@Entity(name = "PasskeyCredential")
@Table(name = "passkey_credential")
@NamedQuery(
        name = CredentialRow.FOR_LOGON,
        query = "select c, u, p from PasskeyCredential c, PasskeyUser u, PasskeyPolicy p"
                + " where c.id = :id and u.handle = c.owner and p.id = 1")
@NamedQuery(
        name = CredentialRow.FOR_BINDING,
        query = "select u, (select count(c.id) from PasskeyCredential c where c.owner = u.handle), p"
                + " from PasskeyUser u, PasskeyPolicy p where u.accountKey = :key and p.id = 1")
// Of any number of logons at once, on any number of servers, only those that move the counter forward count (T-96).
@NamedQuery(
        name = CredentialRow.ADVANCE,
        query = "update PasskeyCredential c set c.signCount = :count, c.backedUp = :backedUp, c.lastUsedAt = :usedAt"
                + " where c.id = :id and c.signCount <= :highestBefore")
@NamedQuery(
        name = CredentialRow.SUSPECT_CLONE,
        query = "update PasskeyCredential c set c.cloneSuspected = true where c.id = :id")
@NamedQuery(
        name = CredentialRow.OF_OWNER,
        query = "select c from PasskeyCredential c where c.owner = :owner order by c.createdAt, c.id")
@NamedQuery(
        name = CredentialRow.NAMES_OF_OWNER,
        query = "select c.nameKey from PasskeyCredential c where c.owner = :owner")
@NamedQuery(name = CredentialRow.IDS_OF_OWNER, query = "select c.id from PasskeyCredential c where c.owner = :owner")
@NamedQuery(
        name = CredentialRow.RENAME,
        query = "update PasskeyCredential c set c.name = :name, c.nameKey = :nameKey"
                + " where c.id = :id and c.owner = :owner")
@NamedQuery(
        name = CredentialRow.DELETE,
        query = "delete from PasskeyCredential c where c.id = :id and c.owner = :owner")
@NamedQuery(name = CredentialRow.OWNERS, query = "select count(distinct c.owner) from PasskeyCredential c")
@NamedQuery(
        name = CredentialRow.OWNERS_SINCE,
        query = "select count(distinct c.owner) from PasskeyCredential c where c.lastUsedAt >= :since")
@NamedQuery(name = CredentialRow.DELETE_ALL, query = "delete from PasskeyCredential c where c.owner = :owner")
@NamedQuery(
        name = CredentialRow.OF_OWNERS,
        query = "select c from PasskeyCredential c where c.owner in :owners order by c.createdAt, c.id")
@NamedQuery(name = CredentialRow.TOTALS, query = "select count(c.id), count(distinct c.owner) from PasskeyCredential c")
final class CredentialRow {
    static final String OWNERS = "passkey.credential.owners";
    static final String OWNERS_SINCE = "passkey.credential.owners-since";
    static final String TOTALS = "passkey.credential.totals";
    static final String FOR_LOGON = "passkey.credential.for-logon";
    static final String FOR_BINDING = "passkey.credential.for-binding";
    static final String ADVANCE = "passkey.credential.advance";
    static final String SUSPECT_CLONE = "passkey.credential.suspect-clone";
    static final String OF_OWNER = "passkey.credential.of-owner";
    static final String NAMES_OF_OWNER = "passkey.credential.names-of-owner";
    static final String IDS_OF_OWNER = "passkey.credential.ids-of-owner";
    static final String RENAME = "passkey.credential.rename";
    static final String DELETE = "passkey.credential.delete";
    static final String DELETE_ALL = "passkey.credential.delete-all";
    static final String OF_OWNERS = "passkey.credential.of-owners";

    // Whoever could change a key would own the passkey: no code of ours does (T-102).
    @Id
    @Column(name = "id", nullable = false, length = 43)
    private String id = "";

    @Column(name = "credential_id", nullable = false, updatable = false, length = 1364)
    private String credentialId = "";

    @Column(name = "owner_handle", nullable = false, updatable = false, length = 86)
    private String owner = "";

    @Column(name = "name", nullable = false, length = 128)
    private String name = "";

    @Column(name = "name_key", nullable = false, length = 128)
    private String nameKey = "";

    @Column(name = "passkey_use", nullable = false, length = 20)
    private String use = "";

    @Column(name = "public_key", nullable = false, updatable = false, length = 4000)
    private String publicKey = "";

    @Column(name = "sign_count", nullable = false)
    private long signCount;

    @Column(name = "backup_eligible", nullable = false, updatable = false)
    private boolean backupEligible;

    @Column(name = "backed_up", nullable = false)
    private boolean backedUp;

    @Column(name = "transports", nullable = false, length = 255)
    private String transports = "";

    @Column(name = "aaguid", nullable = false, updatable = false, length = 36)
    private String aaguid = "";

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "last_used_at")
    private @Nullable Instant lastUsedAt;

    @Column(name = "clone_suspected", nullable = false)
    private boolean cloneSuspected;

    /** For the persistence provider. */
    CredentialRow() {}

    CredentialRow(CredentialRecord credential) {
        this.id = credential.id().key();
        this.credentialId = credential.id().toString();
        this.owner = credential.owner().toString();
        this.name = credential.name().text();
        this.nameKey = credential.name().key();
        this.use = credential.use().label();
        this.publicKey = credential.publicKey().base64url();
        this.signCount = credential.signCount();
        this.backupEligible = credential.backupEligible();
        this.backedUp = credential.backedUp();
        this.transports = String.join(",", credential.transports());
        this.aaguid = credential.aaguid();
        this.createdAt = credential.createdAt();
        this.lastUsedAt = credential.lastUsedAt();
    }

    CredentialRecord toRecord() {
        return new CredentialRecord(
                new CredentialId(Bytes.require(credentialId)),
                new UserHandle(Bytes.require(owner)),
                new PasskeyName(name),
                useLabelled(use),
                Bytes.require(publicKey),
                signCount,
                backupEligible,
                backedUp,
                transports.isEmpty() ? List.of() : List.of(transports.split(",", -1)),
                aaguid,
                createdAt,
                lastUsedAt);
    }

    private static PasskeyUse useLabelled(String label) {
        return PasskeyUse.LOGON.label().equals(label) ? PasskeyUse.LOGON : PasskeyUse.SECOND_FACTOR;
    }
}
