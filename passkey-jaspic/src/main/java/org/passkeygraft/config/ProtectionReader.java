package org.passkeygraft.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.policy.SecondFactorRule;

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
        return Stream.of(
                        Keys.PROTECT_PATTERN,
                        Keys.PROTECT_METHODS,
                        Keys.PROTECT_ROLES,
                        Keys.PROTECT_PUBLIC,
                        Keys.PROTECT_CONFIRMATION,
                        Keys.PROTECT_SECOND_FACTOR)
                .anyMatch(key -> reading.isSet(key.number(n)));
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
        StepUp stepUp = stepUp(n, open);
        return new Protection(
                pattern, methods, open ? Set.of() : reading.value(rolesKey), open, open ? StepUp.NONE : stepUp);
    }

    private StepUp stepUp(int n, boolean open) {
        Key<Duration> confirmation = Keys.PROTECT_CONFIRMATION.number(n);
        Key<SecondFactorRule> secondFactor = Keys.PROTECT_SECOND_FACTOR.number(n);
        StepUp stepUp = new StepUp(reading.find(confirmation).orElse(null), reading.value(secondFactor));
        if (open && !stepUp.isNone()) {
            reading.refuse(
                    reading.isSet(confirmation) ? confirmation : secondFactor,
                    "leave it out: nobody has to prove anything for what is public");
        }
        return stepUp;
    }

    private static boolean contradict(Protection one, Protection other) {
        boolean sameMethod = one.methods().isEmpty()
                || other.methods().isEmpty()
                || !Collections.disjoint(one.methods(), other.methods());
        return one.pattern().equals(other.pattern()) && sameMethod && one.open() != other.open();
    }
}
