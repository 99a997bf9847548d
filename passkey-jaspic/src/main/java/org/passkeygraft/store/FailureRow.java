package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "PasskeyThrottle")
@Table(name = "passkey_throttle")
@NamedQuery(name = FailureRow.OF, query = "select f from PasskeyThrottle f where f.id in :ids")
// Of any number of tries at once, on any number of servers, one moves the count on from where all of them saw it.
@NamedQuery(
        name = FailureRow.COUNT,
        query = "update PasskeyThrottle f set f.failures = :failures, f.opensAt = :opensAt, f.expiresAt = :expiresAt"
                + " where f.id = :id and f.failures = :seen and f.expiresAt = :seenExpiry")
@NamedQuery(
        name = FailureRow.TAKE_BACK_AND_OPEN,
        query = "update PasskeyThrottle f set f.failures = f.failures - 1, f.opensAt = :openedAt"
                + " where f.id = :id and f.failures > 0 and f.opensAt = :opensAt")
@NamedQuery(
        name = FailureRow.TAKE_BACK,
        query = "update PasskeyThrottle f set f.failures = f.failures - 1 where f.id = :id and f.failures > 0")
@NamedQuery(name = FailureRow.FORGIVE, query = "delete from PasskeyThrottle f where f.id = :id")
@NamedQuery(name = FailureRow.PURGE, query = "delete from PasskeyThrottle f where f.expiresAt < :limit")
final class FailureRow {
    static final String OF = "passkey.throttle.of";
    static final String COUNT = "passkey.throttle.count";
    static final String TAKE_BACK_AND_OPEN = "passkey.throttle.take-back-and-open";
    static final String TAKE_BACK = "passkey.throttle.take-back";
    static final String FORGIVE = "passkey.throttle.forgive";
    static final String PURGE = "passkey.throttle.purge";

    @Id
    @Column(name = "id", nullable = false, length = 43)
    private String id = "";

    @Column(name = "failures", nullable = false)
    private int failures;

    @Column(name = "opens_at", nullable = false)
    private Instant opensAt = Instant.EPOCH;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt = Instant.EPOCH;

    /** For the persistence provider. */
    FailureRow() {}

    FailureRow(Failures first) {
        this.id = first.id();
        this.failures = first.count();
        this.opensAt = first.opensAt();
        this.expiresAt = first.expiresAt();
    }

    Failures toFailures() {
        return new Failures(id, failures, opensAt, expiresAt);
    }
}
