package org.passkeygraft.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may follow a user name: {@code alice@<suffix>} means the same user as {@code alice}. Compared without regard to case.
 *
 * @param standard the default logon suffix, empty for none
 * @param custom further ones
 */
public record LogonSuffixes(String standard, Set<String> custom) {
    public static final LogonSuffixes NONE = new LogonSuffixes("", Set.of());

    private static final int LONGEST = 100;

    public LogonSuffixes {
        standard = folded(standard);
        custom = custom.stream().map(LogonSuffixes::folded).collect(Collectors.toUnmodifiableSet());
        if (custom.contains(standard)) {
            throw new IllegalArgumentException("logon suffixes differ from each other");
        }
        boolean sound = standard.isEmpty() || isSuffix(standard);
        if (!sound || !custom.stream().allMatch(LogonSuffixes::isSuffix)) {
            throw new IllegalArgumentException(
                    "a logon suffix is short and has no @, comma, blank or control character");
        }
    }

    /** Whether this can be a suffix: 1 to 100 characters without {@code @}, comma, blank or control character. */
    public static boolean isSuffix(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.codePoints().allMatch(LogonSuffixes::isAllowed);
    }

    private static boolean isAllowed(int character) {
        return character != '@'
                && character != ','
                && !Character.isISOControl(character)
                && !Character.isWhitespace(character)
                && !Character.isSpaceChar(character);
    }

    /** One spelling for all that differ in case only. */
    public static String folded(String suffix) {
        return suffix.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** The bare name, if this one ends with a suffix of ours and there is something before it. */
    public Optional<String> strip(String typed) {
        int at = typed.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        String suffix = folded(typed.substring(at + 1));
        boolean known = !suffix.isEmpty() && (suffix.equals(standard) || custom.contains(suffix));
        return known ? Optional.of(typed.substring(0, at)) : Optional.empty();
    }
}
