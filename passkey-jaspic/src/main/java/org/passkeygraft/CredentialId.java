package org.passkeygraft;

/** A credential id: 1 to 1,023 bytes that the authenticator chose (WebAuthn Level 3, section 4). */
public record CredentialId(Bytes bytes) {
    private static final int LONGEST = 1023;

    public CredentialId {
        if (bytes.length() < 1 || bytes.length() > LONGEST) {
            throw new IllegalArgumentException("a credential id has 1 to 1023 bytes, not " + bytes.length());
        }
    }

    /** The passkey's name in URLs and the key of its row: base64url SHA-256 of the id, always 43 characters. */
    public String key() {
        return bytes.sha256().base64url();
    }

    @Override
    public String toString() {
        return bytes.base64url();
    }
}
