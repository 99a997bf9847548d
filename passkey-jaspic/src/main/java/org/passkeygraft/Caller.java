package org.passkeygraft;

import java.util.Set;

/** The caller a logon established, with the groups that the container maps to roles. */
public record Caller(String name, Set<String> groups) {
    public Caller {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a caller needs a name");
        }
        groups = Set.copyOf(groups);
    }
}
