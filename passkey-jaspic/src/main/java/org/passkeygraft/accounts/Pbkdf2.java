package org.passkeygraft.accounts;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.passkeygraft.Bytes;

/**
 * PBKDF2 (RFC 8018, section 5.2) with an HMAC of the JDK's.
 *
 * @param hash {@code SHA1}, {@code SHA256}, {@code SHA384} or {@code SHA512}
 * @param length of the digest, in bytes
 */
record Pbkdf2(String hash, int iterations, Bytes salt, int length) implements Derivation {
    /** As {@code Pbkdf2PasswordHash} of Jakarta Security writes it. */
    private static final Pattern JAKARTA =
            Pattern.compile("PBKDF2WithHmacSHA(1|256|384|512):([0-9]{1,8}):([^:]+):([^:]+)");

    /** As passlib and the PHC string format write it; the former has a dot for the plus. */
    private static final Pattern PHC = Pattern.compile(
            "\\$pbkdf2(?:-sha(1|256|384|512))?\\$(?:i=)?([0-9]{1,8})(?:,l=[0-9]+)?\\$([^$]+)\\$([^$]+)");

    private static final Map<String, Integer> OUTPUTS = Map.of("SHA1", 20, "SHA256", 32, "SHA384", 48, "SHA512", 64);
    private static final int LEAST_LENGTH = 16;
    private static final int LONGEST = 128;
    private static final long MOST_ITERATIONS = 10_000_000;

    static Optional<StoredHash> read(String text) {
        Matcher jakarta = JAKARTA.matcher(text);
        if (jakarta.matches()) {
            return read(jakarta, Encodings::base64);
        }
        Matcher phc = PHC.matcher(text);
        return phc.matches() ? read(phc, part -> Encodings.base64(part.replace('.', '+'))) : Optional.empty();
    }

    private static Optional<StoredHash> read(Matcher matcher, Function<String, Optional<Bytes>> decoder) {
        String hash = matcher.group(1) == null ? "SHA1" : "SHA" + matcher.group(1);
        int iterations = Integer.parseInt(matcher.group(2));
        return decoder.apply(matcher.group(3))
                .flatMap(salt -> decoder.apply(matcher.group(4)).flatMap(digest -> of(hash, iterations, salt, digest)));
    }

    /**
     * Salt and digest in one run of hex, as Spring Security writes it: what else there is to know is fixed by the prefix.
     */
    static Optional<StoredHash> joined(String hash, int iterations, int saltLength, String hex) {
        return Encodings.hex(hex)
                .filter(bytes -> bytes.length() > saltLength)
                .flatMap(bytes -> of(
                        hash,
                        iterations,
                        Encodings.part(bytes, 0, saltLength),
                        Encodings.part(bytes, saltLength, bytes.length())));
    }

    private static Optional<StoredHash> of(String hash, int iterations, Bytes salt, Bytes digest) {
        Pbkdf2 derivation = new Pbkdf2(hash, iterations, salt, digest.length());
        boolean bearable = iterations >= 1
                && salt.length() >= 1
                && salt.length() <= LONGEST
                && digest.length() >= LEAST_LENGTH
                && digest.length() <= LONGEST
                && derivation.hmacs() <= MOST_ITERATIONS;
        return bearable ? Optional.of(new StoredHash(derivation, digest)) : Optional.empty();
    }

    @Override
    public byte[] derive(char[] password) {
        PBEKeySpec spec = new PBEKeySpec(password, salt.toArray(), iterations, length * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public Derivation unsalted() {
        return new Pbkdf2(hash, iterations, Encodings.zeros(salt.length()), length);
    }

    /** A digest longer than the hash's own output costs every iteration again. */
    private long hmacs() {
        int output = OUTPUTS.getOrDefault(hash, 1);
        return (long) iterations * ((length + output - 1) / output);
    }
}
