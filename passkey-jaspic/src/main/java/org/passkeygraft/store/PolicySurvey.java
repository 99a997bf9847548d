package org.passkeygraft.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.Reliance;

/**
 * Whom a change of the policy would touch. These statements read whole tables, which is why only an administrator who is
 * about to change the policy causes them. Used by any number of threads at once; every method throws
 * {@link org.passkeygraft.UnavailableException} if the database cannot answer now.
 */
public final class PolicySurvey {
    private static final Duration RECENT = Duration.ofDays(30);

    private final PersistenceUnit unit;
    private final InstantSource clock;

    PolicySurvey(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    /** How many users have passkeys, and how many of them used one within the last 30 days. */
    public Reliance reliance() {
        Instant since = clock.instant().minus(RECENT);
        return unit.read(entities -> new Reliance(
                Queries.readOnly(entities, Long.class, CredentialRow.OWNERS).getSingleResult(),
                Queries.readOnly(entities, Long.class, CredentialRow.OWNERS_SINCE)
                        .setParameter("since", since)
                        .getSingleResult()));
    }

    /** An account known here whose own name ends with this suffix, so that the suffix would make it mean two users. */
    public Optional<String> nameWith(String suffix) {
        String literally = LogonSuffixes.folded(suffix).replaceAll("([!%_])", "!$1");
        return unit.read(entities -> Queries.readOnly(entities, String.class, UserRow.NAMES_ENDING)
                .setParameter("ending", "%_@" + literally)
                .setMaxResults(1)
                .getResultStream()
                .findFirst());
    }
}
