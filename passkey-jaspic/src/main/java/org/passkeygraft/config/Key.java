package org.passkeygraft.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing an administrator can set, declared once.
 *
 * @param standard what holds if nothing is set; null if there is no such text
 * @param example a value that is valid
 * @param secret whether its value must never be printed
 */
record Key<T>(String name, @Nullable String standard, String example, boolean secret, Parser<T> parser) {
    /** Where in a name the number of a thing stands that there are many of. */
    private static final String NUMBER = "<n>";
    /** The highest such number; the least is 1. */
    static final int HIGHEST = 99;

    static <T> Key<T> withDefault(String name, String standard, String example, Parser<T> parser) {
        return new Key<>(name, standard, example, false, parser);
    }

    static <T> Key<T> withoutDefault(String name, String example, Parser<T> parser) {
        return new Key<>(name, null, example, false, parser);
    }

    static <T> Key<T> secret(String name, String example, Parser<T> parser) {
        return new Key<>(name, null, example, true, parser);
    }

    /** An empty password, or a list of none, is a value. */
    boolean mayBeEmpty() {
        return "".equals(standard) || name.endsWith(".password");
    }

    Optional<String> defaultText() {
        return Optional.ofNullable(standard);
    }

    /** The key of one of the things that this one stands for: {@code <n>} in its name is the number. */
    Key<T> number(int n) {
        return new Key<>(name.replace(NUMBER, Integer.toString(n)), standard, example, secret, parser);
    }

    /** Whether somebody who wrote this meant this key. */
    boolean isWritten(String written) {
        return name.contains(NUMBER)
                ? Pattern.matches(Pattern.quote(name).replace(NUMBER, "\\E[1-9][0-9]?\\Q"), written)
                : name.equals(written);
    }

    /** {@code passkey.rp.id} in an environment is {@code PASSKEY_RP_ID}. */
    String environmentName() {
        return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
