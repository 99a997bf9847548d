package org.passkeygraft.accounts;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;
import org.passkeygraft.Bytes;

/**
 * bcrypt as OpenBSD's. The variants 2a, 2b and 2y differ in bugs of other implementations only; 2x is such a bug, and
 * refused.
 */
record Bcrypt(int rounds, Bytes salt) implements Derivation {
    private static final Pattern FORM =
            Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int LEAST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 15;
    private static final int LONGEST_KEY = 72;
    private static final int DIGEST_LENGTH = 23;

    static Optional<StoredHash> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int rounds = Integer.parseInt(matcher.group(1));
        if (rounds < LEAST_ROUNDS || rounds > MOST_ROUNDS) {
            return Optional.empty();
        }
        return Optional.of(new StoredHash(new Bcrypt(rounds, decode(matcher.group(2))), decode(matcher.group(3))));
    }

    @Override
    public byte[] derive(char[] password) {
        byte[] text = Derivation.utf8(password);
        // The terminating zero belongs to the key, as far as there is room.
        byte[] key = Arrays.copyOf(text, Math.min(text.length + 1, LONGEST_KEY));
        try {
            return Arrays.copyOf(BCrypt.generate(key, salt.toArray(), rounds), DIGEST_LENGTH);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public Derivation unsalted() {
        return new Bcrypt(rounds, Encodings.zeros(salt.length()));
    }

    private static Bytes decode(String text) {
        StringBuilder base64 = new StringBuilder(text.length());
        text.chars().map(ALPHABET::indexOf).forEach(digit -> base64.append(BASE64.charAt(digit)));
        return Bytes.of(Base64.getDecoder().decode(base64.toString()));
    }
}
