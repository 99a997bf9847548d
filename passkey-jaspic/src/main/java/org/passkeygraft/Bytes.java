package org.passkeygraft;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * An immutable sequence of bytes that compares by content and is written as base64url without padding (RFC 4648,
 * section 5), the form every binary member of the WebAuthn JSON types has.
 */
public final class Bytes {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /**
     * Reads the one canonical spelling only: the base64url alphabet, no padding, no stray bits in the last character.
     * Two spellings of one value would let a challenge or an id be re-spelled.
     */
    public static Optional<Bytes> parse(String base64url) {
        if (base64url.indexOf('=') >= 0) {
            return Optional.empty();
        }
        try {
            Bytes decoded = new Bytes(DECODER.decode(base64url));
            return decoded.base64url().equals(base64url) ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException notBase64url) {
            return Optional.empty();
        }
    }

    /** Reads a value that we wrote ourselves; anything else is a defect, not input. */
    public static Bytes require(String base64url) {
        return parse(base64url).orElseThrow(() -> new IllegalArgumentException("not base64url: " + base64url));
    }

    public int length() {
        return content.length;
    }

    public byte[] toArray() {
        return content.clone();
    }

    public String base64url() {
        return ENCODER.encodeToString(content);
    }

    public Bytes sha256() {
        try {
            return new Bytes(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && MessageDigest.isEqual(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return base64url();
    }
}
