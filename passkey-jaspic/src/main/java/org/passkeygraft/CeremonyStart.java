package org.passkeygraft;

import java.time.Duration;

/** What became of the wish to begin a ceremony. */
public sealed interface CeremonyStart {
    record Begun(BegunCeremony ceremony) implements CeremonyStart {}

    record Refused(Rejection reason) implements CeremonyStart {}

    /** Too many were begun from the same address. */
    record Throttled(Duration retryAfter) implements CeremonyStart {}
}
