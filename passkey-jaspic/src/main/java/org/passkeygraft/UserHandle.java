package org.passkeygraft;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * A user handle: what an authenticator keeps to name the account (WebAuthn Level 3, section 5.4.3). Random, so it tells
 * nothing about a person, and never used for a second account.
 */
public record UserHandle(Bytes bytes) {
    private static final int LONGEST = 64;
    private static final int OURS = 32;

    public UserHandle {
        if (bytes.length() < 1 || bytes.length() > LONGEST) {
            throw new IllegalArgumentException("a user handle has 1 to 64 bytes, not " + bytes.length());
        }
    }

    /** A handle as it came from outside; empty if it cannot be one. */
    public static Optional<UserHandle> parse(String base64url) {
        return Bytes.parse(base64url)
                .filter(bytes -> bytes.length() >= 1 && bytes.length() <= LONGEST)
                .map(UserHandle::new);
    }

    public static UserHandle random(SecureRandom random) {
        byte[] handle = new byte[OURS];
        random.nextBytes(handle);
        return new UserHandle(Bytes.of(handle));
    }

    @Override
    public String toString() {
        return bytes.base64url();
    }
}
