package org.passkeygraft.sample.launcher;

import java.util.List;

/** Somebody to try the sample with; the password is the name. */
record DemoUser(String name, String fullName, List<String> roles, boolean locked) {
    static final List<DemoUser> ALL = List.of(
            new DemoUser("alice", "Alice Anker", List.of("user", "admin"), false),
            new DemoUser("bob", "Bob Barge", List.of("user"), false),
            new DemoUser("carol", "Carol Crane", List.of("user"), true));

    String password() {
        return name;
    }

    @Override
    public String toString() {
        return "%s/%s (%s%s)".formatted(name, password(), String.join(", ", roles), locked ? ", locked" : "");
    }
}
