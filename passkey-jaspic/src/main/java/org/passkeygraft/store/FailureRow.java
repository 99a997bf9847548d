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
// Below the limit nobody has to see the others: who meets them waits for the row and adds to it.
@NamedQuery(
        name = FailureRow.COUNT_BELOW_LIMIT,
        query = "update PasskeyThrottle f set f.failures = f.failures + 1, f.undecided = f.undecided + 1,"
                + " f.opensAt = :opensAt, f.expiresAt = :expiresAt where f.id = :id and f.failures < :last"
                + " and f.expiresAt >= :seenExpiry and f.expiresAt <= :latestExpiry")
// Of any number of tries at once, on any number of servers, one moves the count on from where all of them saw it.
@NamedQuery(
        name = FailureRow.COUNT_AT_LIMIT,
        query = "update PasskeyThrottle f set f.failures = :failures, f.undecided = f.undecided + 1,"
                + " f.opensAt = :opensAt, f.expiresAt = :expiresAt"
                + " where f.id = :id and f.failures = :seen and f.expiresAt = :seenExpiry")
@NamedQuery(
        name = FailureRow.COUNT_ANEW,
        query = "update PasskeyThrottle f set f.failures = :failures, f.undecided = :failures,"
                + " f.opensAt = :opensAt, f.expiresAt = :expiresAt"
                + " where f.id = :id and f.failures = :seen and f.expiresAt = :seenExpiry")
@NamedQuery(
        name = FailureRow.CONFIRM,
        query = "update PasskeyThrottle f set f.undecided = f.undecided - 1 where f.id = :id and f.undecided > 0")
@NamedQuery(
        name = FailureRow.TAKE_BACK_AND_OPEN,
        query = "update PasskeyThrottle f set f.failures = f.failures - 1, f.undecided = f.undecided - 1,"
                + " f.opensAt = :openedAt where f.id = :id and f.undecided > 0 and f.opensAt = :opensAt")
@NamedQuery(
        name = FailureRow.TAKE_BACK,
        query = "update PasskeyThrottle f set f.failures = f.failures - 1, f.undecided = f.undecided - 1"
                + " where f.id = :id and f.undecided > 0")
@NamedQuery(name = FailureRow.FORGIVE, query = "delete from PasskeyThrottle f where f.id = :id and f.undecided <= 1")
// Tries that are being checked in this moment are not forgiven: nobody knows yet whether they are right.
@NamedQuery(
        name = FailureRow.FORGIVE_DECIDED,
        query = "update PasskeyThrottle f set f.failures = f.undecided - 1, f.undecided = f.undecided - 1"
                + " where f.id = :id and f.undecided > 0")
@NamedQuery(name = FailureRow.PURGE, query = "delete from PasskeyThrottle f where f.expiresAt < :limit")
final class FailureRow {
    static final String OF = "passkey.throttle.of";
    static final String COUNT_BELOW_LIMIT = "passkey.throttle.count-below-limit";
    static final String COUNT_AT_LIMIT = "passkey.throttle.count-at-limit";
    static final String COUNT_ANEW = "passkey.throttle.count-anew";
    static final String CONFIRM = "passkey.throttle.confirm";
    static final String TAKE_BACK_AND_OPEN = "passkey.throttle.take-back-and-open";
    static final String TAKE_BACK = "passkey.throttle.take-back";
    static final String FORGIVE = "passkey.throttle.forgive";
    static final String FORGIVE_DECIDED = "passkey.throttle.forgive-decided";
    static final String PURGE = "passkey.throttle.purge";

    @Id
    @Column(name = "id", nullable = false, length = 43)
    private String id = "";

    @Column(name = "failures", nullable = false)
    private int failures;

    @Column(name = "undecided", nullable = false)
    private int undecided;

    @Column(name = "opens_at", nullable = false)
    private Instant opensAt = Instant.EPOCH;

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt = Instant.EPOCH;

    /** For the persistence provider. */
    FailureRow() {}

    FailureRow(Failures first) {
        this.id = first.id();
        this.failures = first.count();
        this.undecided = first.undecided();
        this.opensAt = first.opensAt();
        this.expiresAt = first.expiresAt();
    }

    Failures toFailures() {
        return new Failures(id, failures, undecided, opensAt, expiresAt);
    }
}
