package org.passkeygraft.accounts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a stored hash is to be read: by what it says itself, else as configured. Plain text is no hash, whatever
 * stands before it, unless that is what was configured.
 */
final class HashFormats {
    private static final Pattern SCHEME = Pattern.compile("\\{([^}]{1,40})}(.*)", Pattern.DOTALL);
    private static final Pattern DIGEST = Pattern.compile("(S?)(?:MD(5)|SHA(|1|256|384|512))");
    /** As Jetty's realms write it. */
    private static final String JETTY_MD5 = "MD5:";

    private static final String PLAIN = "plain";
    private static final Map<String, String> HEX =
            Map.of("md5-hex", "MD5", "sha1-hex", "SHA-1", "sha256-hex", "SHA-256", "sha512-hex", "SHA-512");

    private final String configured;

    /**
     * Reads what does not say its format in the one configured.
     *
     * @param configured {@code auto} if each hash says it
     */
    HashFormats(String configured) {
        this.configured = configured;
    }

    /** Empty if the text is no hash we know, or one that would cost too much. */
    Optional<StoredHash> read(String stored) {
        String text = stored.strip();
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            return withScheme(scheme.group(1).toUpperCase(Locale.ROOT), scheme.group(2));
        }
        if (text.startsWith("$") || text.startsWith("PBKDF2")) {
            return selfDescribing(text);
        }
        if (text.startsWith(JETTY_MD5)) {
            return hex("MD5", text.substring(JETTY_MD5.length()));
        }
        if (configured.equals(PLAIN)) {
            return Optional.of(StoredHash.ofPlainText(text));
        }
        String algorithm = HEX.get(configured);
        return algorithm == null ? Optional.empty() : hex(algorithm, text);
    }

    private static Optional<StoredHash> hex(String algorithm, String text) {
        return Encodings.hex(text).flatMap(bytes -> SaltedDigest.read(algorithm, false, bytes));
    }

    private static Optional<StoredHash> selfDescribing(String text) {
        if (text.startsWith("$2")) {
            return Bcrypt.read(text);
        }
        return text.startsWith("$argon2") ? Argon2.read(text) : Pbkdf2.read(text);
    }

    private static Optional<StoredHash> withScheme(String scheme, String rest) {
        Matcher digest = DIGEST.matcher(scheme);
        if (digest.matches()) {
            boolean salted = !digest.group(1).isEmpty();
            return Encodings.base64(rest)
                    .flatMap(bytes -> SaltedDigest.read(algorithm(digest.group(3)), salted, bytes));
        }
        return switch (scheme) {
            // As Spring Security's encoders of those days were set up.
            case "PBKDF2" -> Pbkdf2.joined("SHA1", 185_000, 8, rest);
            case "PBKDF2@SPRINGSECURITY_V5_8" -> Pbkdf2.joined("SHA256", 310_000, 16, rest);
            case "PBKDF2-SHA1", "PBKDF2-SHA256", "PBKDF2-SHA512" ->
                Pbkdf2.read("$" + scheme.toLowerCase(Locale.ROOT) + "$" + rest);
            case "BCRYPT", "CRYPT", "BLF-CRYPT" -> Bcrypt.read(rest);
            case "ARGON2", "ARGON2I", "ARGON2ID", "ARGON2@SPRINGSECURITY_V5_8" -> Argon2.read(rest);
            default -> Optional.empty();
        };
    }

    private static String algorithm(@Nullable String bits) {
        if (bits == null) {
            return "MD5";
        }
        return bits.isEmpty() ? "SHA-1" : "SHA-" + bits;
    }
}
