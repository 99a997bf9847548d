package org.passkeygraft.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may follow a user name: {@code alice@<suffix>} means the same user as {@code alice}. Compared without regard to case.
 *
 * @param standard the default logon suffix, empty for none
 * @param custom further ones
 */
public record LogonSuffixes(String standard, Set<String> custom) {
    public static final LogonSuffixes NONE = new LogonSuffixes("", Set.of());

    public LogonSuffixes {
        standard = standard.toLowerCase(Locale.ROOT);
        custom = custom.stream().map(suffix -> suffix.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (custom.contains(standard)
                || Stream.concat(Stream.of(standard), custom.stream()).anyMatch(s -> s.contains("@"))) {
            throw new IllegalArgumentException("logon suffixes differ from each other and have no @");
        }
    }

    /** The bare name, if this one ends with a suffix of ours and there is something before it. */
    public Optional<String> strip(String typed) {
        int at = typed.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        String suffix = typed.substring(at + 1).toLowerCase(Locale.ROOT);
        boolean known = !suffix.isEmpty() && (suffix.equals(standard) || custom.contains(suffix));
        return known ? Optional.of(typed.substring(0, at)) : Optional.empty();
    }
}
