package org.passkeygraft;

import java.time.Duration;

/**
 * A ceremony that waits for its answer, kept by the browser alone.
 *
 * @param optionsJson what {@code parseCreationOptionsFromJSON} or {@code parseRequestOptionsFromJSON} takes
 * @param tag 8 characters that find this ceremony among those the browser holds, derived from the challenge
 * @param token the sealed pending ceremony, at most 1 KiB of cookie-safe text
 * @param lifetime until the answer comes too late
 */
public record BegunCeremony(CeremonyKind kind, String optionsJson, String tag, String token, Duration lifetime) {}
