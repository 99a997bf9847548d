package org.passkeygraft.web.arming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Headers that describe the exact bytes of a body: they go out with it, or not at all. */
final class HeldHeaders {
    private static final String LENGTH = "content-length";
    private static final Set<String> OF_THE_BYTES = Set.of(
            LENGTH, "etag", "last-modified", "accept-ranges", "content-md5", "digest", "content-digest", "repr-digest");

    private final List<Held> held = new ArrayList<>();
    private long length = -1;

    private record Held(String name, Runnable action) {}

    /** Holds a header back if it is such a one; false if it is not. */
    boolean hold(String name, @Nullable String value, boolean replacing, Runnable action) {
        String key = name.toLowerCase(Locale.ROOT);
        if (!OF_THE_BYTES.contains(key)) {
            return false;
        }
        if (replacing) {
            held.removeIf(other -> other.name().equals(key));
        }
        held.add(new Held(key, action));
        if (key.equals(LENGTH) && value != null) {
            length = parse(value);
        }
        return true;
    }

    void holdLength(long declared, Runnable action) {
        held.removeIf(other -> other.name().equals(LENGTH));
        held.add(new Held(LENGTH, action));
        length = declared;
    }

    private static long parse(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException unusual) {
            return -1;
        }
    }

    boolean contains(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return held.stream().anyMatch(other -> other.name().equals(key));
    }

    /** The declared length in bytes, -1 if none is. */
    long length() {
        return length;
    }

    void release() {
        held.forEach(header -> header.action().run());
        held.clear();
    }

    void forget() {
        held.clear();
    }
}
