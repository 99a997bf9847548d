package org.passkeygraft.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.passkeygraft.config.PasskeyConfiguration.Protection;

/** Reads the numbered protect rules, whatever numbers are used, and refuses those that contradict each other. */
final class ProtectionReader {
    private final Reading reading;

    ProtectionReader(Reading reading) {
        this.reading = reading;
    }

    List<Protection> read() {
        var rules = new TreeMap<Integer, Protection>();
        for (int n = 1; n <= Key.HIGHEST; n++) {
            if (isSet(n)) {
                rules.put(n, rule(n));
            }
        }
        rules.forEach((n, rule) -> rules.headMap(n).forEach((earlier, other) -> {
            if (contradict(rule, other)) {
                reading.refuse(
                        Keys.PROTECT_PUBLIC.number(n),
                        "passkey.protect." + earlier + " says otherwise of the same pattern and method: keep one");
            }
        }));
        return new ArrayList<>(rules.values());
    }

    private boolean isSet(int n) {
        return reading.isSet(Keys.PROTECT_PATTERN.number(n))
                || reading.isSet(Keys.PROTECT_METHODS.number(n))
                || reading.isSet(Keys.PROTECT_ROLES.number(n))
                || reading.isSet(Keys.PROTECT_PUBLIC.number(n));
    }

    private Protection rule(int n) {
        String pattern = reading.require(
                Keys.PROTECT_PATTERN.number(n), "write what the rule is for, such as /secret/*, or leave the rule out");
        Set<String> methods = reading.find(Keys.PROTECT_METHODS.number(n)).orElse(Set.of());
        Key<Set<String>> rolesKey = Keys.PROTECT_ROLES.number(n);
        boolean open = reading.value(Keys.PROTECT_PUBLIC.number(n));
        if (open && reading.isSet(rolesKey)) {
            reading.refuse(rolesKey, "leave it out: what is public needs no role");
        }
        return new Protection(pattern, methods, open ? Set.of() : reading.value(rolesKey), open);
    }

    private static boolean contradict(Protection one, Protection other) {
        boolean sameMethod = one.methods().isEmpty()
                || other.methods().isEmpty()
                || !Collections.disjoint(one.methods(), other.methods());
        return one.pattern().equals(other.pattern()) && sameMethod && one.open() != other.open();
    }
}
