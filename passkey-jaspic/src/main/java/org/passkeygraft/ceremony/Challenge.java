package org.passkeygraft.ceremony;

import java.security.SecureRandom;
import java.util.Optional;
import org.passkeygraft.Bytes;

/** A challenge of ours: 32 random bytes (WebAuthn Level 3, section 13.4.3). Does not print itself. */
public record Challenge(Bytes bytes) {
    private static final int LENGTH = 32;
    private static final int TAG_LENGTH = 8;

    public Challenge {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("a challenge has 32 bytes, not " + bytes.length());
        }
    }

    public static Challenge random(SecureRandom random) {
        byte[] challenge = new byte[LENGTH];
        random.nextBytes(challenge);
        return new Challenge(Bytes.of(challenge));
    }

    /** Reads the one canonical spelling of what could be a challenge of ours. */
    static Optional<Challenge> parse(String base64url) {
        return Bytes.parse(base64url)
                .filter(challenge -> challenge.length() == LENGTH)
                .map(Challenge::new);
    }

    /** The ceremony's name in the table of spent ones: base64url SHA-256 of the challenge, 43 characters. */
    public String id() {
        return bytes.sha256().base64url();
    }

    /** The first 8 characters of the id: enough to find one ceremony among the few that a browser holds. */
    public String tag() {
        return id().substring(0, TAG_LENGTH);
    }

    @Override
    public String toString() {
        return "Challenge[***]";
    }
}
