package org.passkeygraft.config;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing an administrator can set, declared once.
 *
 * @param standard what holds if nothing is set; null if there is no such text
 * @param example a value that is valid
 * @param secret whether its value must never be printed
 */
record Key<T>(String name, @Nullable String standard, String example, boolean secret, Parser<T> parser) {
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

    /** {@code passkey.rp.id} in an environment is {@code PASSKEY_RP_ID}. */
    String environmentName() {
        return name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
