package org.passkeygraft.store;

import java.time.Instant;

/**
 * A ceremony that was answered, and so cannot be answered again.
 *
 * @param id base64url SHA-256 of the challenge
 * @param expiresAt when its sealed token stops opening; the row goes a day later
 */
public record SpentCeremony(String id, Instant expiresAt) {}
