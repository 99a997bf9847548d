package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.passkeygraft.Account;

@Entity(name = "PasskeyGrant")
@Table(name = "passkey_grant")
@NamedQuery(
        name = GrantRow.OPEN,
        query = "select g from PasskeyGrant g where g.id = :id and g.kind = :kind and g.expiresAt > :now")
@NamedQuery(name = GrantRow.TAKE, query = "delete from PasskeyGrant g where g.id = :id and g.kind = :kind")
@NamedQuery(name = GrantRow.REVOKE, query = "delete from PasskeyGrant g where g.accountKey = :key and g.kind = :kind")
@NamedQuery(
        name = GrantRow.OF_ACCOUNT,
        query = "select g from PasskeyGrant g where g.accountKey = :key and g.kind = :kind and g.expiresAt > :now"
                + " order by g.issuedAt desc, g.id")
// The database counts, before anybody compares: of any number of tries at once only so many are let through.
@NamedQuery(
        name = GrantRow.TRY,
        query = "update PasskeyGrant g set g.tries = g.tries + 1"
                + " where g.id = :id and g.kind = :kind and g.tries < :most")
@NamedQuery(
        name = GrantRow.FORGIVE,
        query = "update PasskeyGrant g set g.tries = g.tries - 1"
                + " where g.id = :id and g.kind = :kind and g.tries > 0")
@NamedQuery(name = GrantRow.PURGE, query = "delete from PasskeyGrant g where g.expiresAt < :limit")
final class GrantRow {
    static final String OPEN = "passkey.grant.open";
    static final String TAKE = "passkey.grant.take";
    static final String REVOKE = "passkey.grant.revoke";
    static final String OF_ACCOUNT = "passkey.grant.of-account";
    static final String TRY = "passkey.grant.try";
    static final String FORGIVE = "passkey.grant.forgive";
    static final String PURGE = "passkey.grant.purge";

    @Id
    @Column(name = "id", nullable = false, length = 43)
    private String id = "";

    @Column(name = "kind", nullable = false, length = 20)
    private String kind = "";

    @Column(name = "account_key", nullable = false, length = 255)
    private String accountKey = "";

    @Column(name = "account_name", nullable = false, length = 255)
    private String accountName = "";

    @Column(name = "epoch", nullable = false)
    private long epoch;

    @Column(name = "detail", nullable = false, length = 255)
    private String detail = "";

    @Column(name = "issued_at", nullable = false)
    private Instant issuedAt = Instant.EPOCH;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt = Instant.EPOCH;

    @Column(name = "tries", nullable = false)
    private int tries;

    /** For the persistence provider. */
    GrantRow() {}

    GrantRow(Grant grant) {
        this.id = grant.id();
        this.kind = grant.kind().label();
        this.accountKey = grant.account().key();
        this.accountName = grant.account().name();
        this.epoch = grant.epoch();
        this.detail = grant.detail();
        this.issuedAt = grant.issuedAt();
        this.expiresAt = grant.expiresAt();
    }

    boolean is(String askedId, GrantKind askedKind) {
        return id.equals(askedId) && kind.equals(askedKind.label());
    }

    String accountKey() {
        return accountKey;
    }

    Grant toGrant(GrantKind knownKind) {
        return new Grant(id, knownKind, new Account(accountName, accountKey), epoch, detail, issuedAt, expiresAt);
    }
}
