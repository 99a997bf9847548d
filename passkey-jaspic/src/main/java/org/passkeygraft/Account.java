package org.passkeygraft;

/**
 * An account of the application, as the application itself stores it.
 *
 * @param name the canonical name, not what somebody typed: a table that compares loosely knows one account under many
 *     spellings
 * @param key what stays when the name changes and is never given to another account; the name itself where the
 *     application has nothing better
 */
public record Account(String name, String key) {
    private static final int LONGEST = 255;

    public Account {
        refuseUnlessStorable("name", name);
        refuseUnlessStorable("key", key);
    }

    /** An account of an application without a stable key. */
    public static Account named(String name) {
        return new Account(name, name);
    }

    private static void refuseUnlessStorable(String what, String value) {
        if (value.isBlank() || value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an account " + what + " has 1 to 255 characters and no NUL");
        }
    }
}
