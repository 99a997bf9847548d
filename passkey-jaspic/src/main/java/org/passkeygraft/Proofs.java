package org.passkeygraft;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a session's caller last proved who they are, by method. A logon is a proof.
 *
 * @param passkeyAt null if never in this session
 * @param passwordAt null if never in this session
 */
public record Proofs(@Nullable Instant passkeyAt, @Nullable Instant passwordAt) {
    private static final Duration TOLERATED_CLOCK_SKEW = Duration.ofSeconds(60);

    public static Proofs by(LogonMethod method, Instant now) {
        return new Proofs(null, null).with(method, now);
    }

    public Proofs with(LogonMethod method, Instant now) {
        return switch (method) {
            case PASSKEY -> new Proofs(now, passwordAt);
            case PASSWORD -> new Proofs(passkeyAt, now);
        };
    }

    /** Whether a proof by this method is at most so old. */
    public boolean holds(LogonMethod method, Instant now, Duration maximumAge) {
        return at(method)
                .filter(at -> !at.plus(maximumAge).isBefore(now))
                // One from the future is another server's fast clock at best.
                .filter(at -> !at.isAfter(now.plus(TOLERATED_CLOCK_SKEW)))
                .isPresent();
    }

    private Optional<Instant> at(LogonMethod method) {
        return Optional.ofNullable(
                switch (method) {
                    case PASSKEY -> passkeyAt;
                    case PASSWORD -> passwordAt;
                });
    }
}
