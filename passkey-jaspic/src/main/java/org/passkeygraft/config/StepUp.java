package org.passkeygraft.config;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.policy.SecondFactorRule;

/**
 * What a place of the application asks of a caller beyond being logged on.
 *
 * @param maximumAge how old the caller's last proof may be; null where any will do
 * @param secondFactor whether a logon by password alone is enough
 */
public record StepUp(@Nullable Duration maximumAge, SecondFactorRule secondFactor) {
    /** Nothing more. */
    public static final StepUp NONE = new StepUp(null, SecondFactorRule.OFF);

    /** How fresh the proof must be, if it must. */
    public Optional<Duration> confirmation() {
        return Optional.ofNullable(maximumAge);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** The stricter of two that both hold. */
    public StepUp and(StepUp other) {
        Duration shorter = Stream.of(confirmation(), other.confirmation())
                .flatMap(Optional::stream)
                .min(Duration::compareTo)
                .orElse(null);
        return new StepUp(shorter, secondFactor.and(other.secondFactor));
    }
}
