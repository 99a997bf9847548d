package org.passkeygraft.engine;

/** What somebody typed as a name. */
final class TypedNames {
    private static final int LONGEST = 255;

    private TypedNames() {}

    /** What cannot be anybody's name is refused before a statement could choke on it (T-95). */
    static boolean isPossible(String typed) {
        return typed.length() <= LONGEST && typed.indexOf('\0') < 0;
    }
}
