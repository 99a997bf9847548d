package org.passkeygraft.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key as an administrator writes it
 * @param value as found, {@code ***} where it is a secret; null if there is none
 * @param remedy what to do, as the end of a sentence
 */
public record Problem(String key, @Nullable String value, String remedy) {
    private static final int LONGEST_VALUE = 200;

    /** The key, the value and the remedy in one line. */
    public String sentence() {
        return value == null ? key + " is not set: " + remedy : key + " is \"" + shown(value) + "\": " + remedy;
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }
}
