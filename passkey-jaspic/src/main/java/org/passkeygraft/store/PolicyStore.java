package org.passkeygraft.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.VersionedPolicy;

/** The policy all servers share. Used by any number of threads at once. */
public final class PolicyStore {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Copy> copy = new AtomicReference<>();

    PolicyStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    /** Makes the row if this is the first start of all. */
    void establish(PasskeyPolicy defaults) {
        if (read().isEmpty()) {
            // Empty if another server was quicker: its policy stands.
            unit.writeUnlessTaken(entities -> Queries.insert(entities, new PolicyRow(defaults)));
        }
    }

    /**
     * The policy as it was at most 5 seconds ago: no statement while the copy is fresh, and every logon renews it.
     *
     * @throws UnavailableException if the copy is older and the database cannot answer
     */
    public PasskeyPolicy current() {
        Instant now = clock.instant();
        Copy kept = copy.get();
        if (kept != null && kept.isFresh(now)) {
            return kept.policy;
        }
        return versioned().policy();
    }

    /**
     * The policy of this moment, to be changed.
     *
     * @throws UnavailableException if the database cannot answer
     */
    public VersionedPolicy versioned() {
        Instant now = clock.instant();
        VersionedPolicy read = read().orElseThrow(PolicyStore::noPolicy);
        remember(read.policy(), now);
        return read;
    }

    static IllegalStateException noPolicy() {
        return new IllegalStateException("the table passkey_policy is empty: restart the application");
    }

    private Optional<VersionedPolicy> read() {
        return unit.read(entities -> Queries.readOnly(entities, PolicyRow.class, PolicyRow.CURRENT)
                .getResultStream()
                .findFirst()
                .map(PolicyRow::versioned));
    }

    /**
     * Puts a policy in the place of one that was read before: at once on this server, within 5 seconds on the others.
     *
     * @param version of the policy that it was made from
     * @return whether it is in force; false if somebody else changed the policy meanwhile
     * @throws IllegalArgumentException if it has conflicts
     */
    public boolean change(PasskeyPolicy policy, long version) {
        if (!policy.conflicts().isEmpty()) {
            throw new IllegalArgumentException("this policy cannot be put into force: " + policy.conflicts());
        }
        boolean changed = unit.write(entities -> new PolicyRow(policy)
                        .asParameters(entities.createNamedQuery(PolicyRow.CHANGE))
                        .setParameter("version", version)
                        .executeUpdate()
                == 1);
        if (changed) {
            remember(policy, clock.instant());
        }
        return changed;
    }

    /** Takes a policy that came along with something else. */
    void remember(PasskeyPolicy policy, Instant readAt) {
        copy.updateAndGet(kept -> kept != null && kept.readAt.isAfter(readAt) ? kept : new Copy(policy, readAt));
    }

    private record Copy(PasskeyPolicy policy, Instant readAt) {
        /** Also stale if the clock was put back. */
        boolean isFresh(Instant now) {
            return !now.isBefore(readAt) && now.isBefore(readAt.plus(FRESH));
        }
    }
}
