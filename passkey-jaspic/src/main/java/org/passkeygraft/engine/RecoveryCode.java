package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.passkeygraft.Bytes;
import org.passkeygraft.UserHandle;

/**
 * A code that a user keeps on paper: 16 characters of Crockford's base 32, 80 random bits. So many that their bare SHA-256
 * gives nothing away: no key is needed that would have to be kept for years.
 *
 * @param text without what is between the groups
 */
record RecoveryCode(String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final int LONGEST_TYPED = 40;
    private static final Pattern FORM = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

    RecoveryCode {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a recovery code");
        }
    }

    static RecoveryCode random(SecureRandom random) {
        StringBuilder text = new StringBuilder();
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> text.append(ALPHABET.charAt(index)));
        return new RecoveryCode(text.toString());
    }

    /** Reads what somebody copied from paper: in any case, in any groups, O for 0 and I or L for 1. */
    static Optional<RecoveryCode> parse(String typed) {
        if (typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String text = typed.replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return FORM.matcher(text).matches() ? Optional.of(new RecoveryCode(text)) : Optional.empty();
    }

    /** In groups of four. */
    String shown() {
        return text.replaceAll("(.{4})(?=.)", "$1-");
    }

    /** What is kept of it; another user's same code would have another. */
    String digest(UserHandle owner) {
        return Bytes.of((owner + "\n" + text).getBytes(StandardCharsets.UTF_8))
                .sha256()
                .base64url();
    }

    @Override
    public String toString() {
        return "RecoveryCode[***]";
    }
}
