package org.passkeygraft;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When a session's caller last proved who they are, by method. A logon is a proof.
 *
 * @param times never changes
 */
public record Proofs(Map<LogonMethod, Instant> times) {
    public static final Proofs NONE = new Proofs(Map.of());

    private static final Duration TOLERATED_CLOCK_SKEW = Duration.ofSeconds(60);

    public Proofs {
        times = Map.copyOf(times);
    }

    public static Proofs by(LogonMethod method, Instant now) {
        return by(Set.of(method), now);
    }

    public static Proofs by(Set<LogonMethod> methods, Instant now) {
        return NONE.with(methods, now);
    }

    public Proofs with(Set<LogonMethod> methods, Instant now) {
        Map<LogonMethod, Instant> newer = new EnumMap<>(LogonMethod.class);
        newer.putAll(times);
        methods.forEach(method -> newer.put(method, now));
        return new Proofs(newer);
    }

    /** Whether a proof by this method is at most so old. */
    public boolean holds(LogonMethod method, Instant now, Duration maximumAge) {
        return Optional.ofNullable(times.get(method))
                .filter(at -> !at.plus(maximumAge).isBefore(now))
                // One from the future is another server's fast clock at best.
                .filter(at -> !at.isAfter(now.plus(TOLERATED_CLOCK_SKEW)))
                .isPresent();
    }
}
