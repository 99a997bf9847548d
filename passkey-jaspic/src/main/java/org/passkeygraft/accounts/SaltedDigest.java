package org.passkeygraft.accounts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.passkeygraft.Bytes;

/** A plain digest of password and salt: legacy, and as fast for a thief as for us. */
record SaltedDigest(String algorithm, Bytes salt) implements Derivation {
    private static final Map<String, Integer> LENGTHS =
            Map.of("MD5", 16, "SHA-1", 20, "SHA-256", 32, "SHA-384", 48, "SHA-512", 64);
    private static final int LONGEST_SALT = 128;

    /** The digest followed by the salt, as directories keep it (RFC 2307, section 5.3, and its salted kin). */
    static Optional<StoredHash> read(String algorithm, boolean salted, Bytes bytes) {
        int length = LENGTHS.getOrDefault(algorithm, 0);
        int saltLength = bytes.length() - length;
        if (salted ? saltLength < 1 || saltLength > LONGEST_SALT : saltLength != 0) {
            return Optional.empty();
        }
        Bytes salt = Encodings.part(bytes, length, bytes.length());
        return Optional.of(new StoredHash(new SaltedDigest(algorithm, salt), Encodings.part(bytes, 0, length)));
    }

    @Override
    public byte[] derive(char[] password) {
        byte[] text = Derivation.utf8(password);
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(text);
            return digest.digest(salt.toArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    @Override
    public Derivation unsalted() {
        return new SaltedDigest(algorithm, Encodings.zeros(0));
    }
}
