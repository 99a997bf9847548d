package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How far passkeys have come. What is counted by events is empty where the audit table is off.
 *
 * @param users accounts that ever had to do with passkeys
 * @param holders those of them that have one
 * @param logons by method, of the last 30 days
 * @param refusals of logons by reason, of the last 30 days
 * @param bindings of the last twelve weeks, the oldest first
 */
public record Adoption(
        long users,
        long holders,
        long passkeys,
        Map<String, Long> logons,
        Map<String, Long> refusals,
        List<Week> bindings) {
    /** What counts as lately. */
    static final Duration LATELY = Duration.ofDays(30);

    public Adoption {
        logons = Map.copyOf(logons);
        refusals = Map.copyOf(refusals);
        bindings = List.copyOf(bindings);
    }

    /** Seven days and how many passkeys were bound in them. */
    public record Week(Instant from, long bound) {}
}
