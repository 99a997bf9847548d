package org.passkeygraft;

/** A credential id: 1 to 1,023 bytes that the authenticator chose (WebAuthn Level 3, section 4). */
public record CredentialId(Bytes bytes) {
    private static final int LONGEST = 1023;
    private static final int KEY_BYTES = 32;

    public CredentialId {
        if (bytes.length() < 1 || bytes.length() > LONGEST) {
            throw new IllegalArgumentException("a credential id has 1 to 1023 bytes, not " + bytes.length());
        }
    }

    /** The passkey's name in URLs and the key of its row: base64url SHA-256 of the id, always 43 characters. */
    public String key() {
        return bytes.sha256().base64url();
    }

    /** Returns whether this text can be the {@link #key} of a passkey. */
    public static boolean isKey(String text) {
        return Bytes.parse(text).filter(hash -> hash.length() == KEY_BYTES).isPresent();
    }

    @Override
    public String toString() {
        return bytes.base64url();
    }
}
