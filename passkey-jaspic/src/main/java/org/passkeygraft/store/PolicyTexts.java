package org.passkeygraft.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.passkeygraft.policy.SecondFactorRule;

/** How the row of the policy spells constants and lists. A word that is none of ours is a row changed wrongly by hand. */
final class PolicyTexts {
    private PolicyTexts() {}

    static <E> E constant(E[] constants, Function<E, String> label, String text) {
        return Arrays.stream(constants)
                .filter(constant -> label.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the table passkey_policy says \"" + text + "\": write one of "
                                + Arrays.stream(constants).map(label).collect(Collectors.joining(", "))));
    }

    static SecondFactorRule secondFactorRule(String text) {
        return constant(SecondFactorRule.values(), SecondFactorRule::label, text);
    }

    static String list(Collection<String> words) {
        return String.join(",", new TreeSet<>(words));
    }

    static Set<String> list(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(",", -1));
    }

    /** A line a group: the rule, a blank, the group. */
    static String groups(Map<String, SecondFactorRule> rules) {
        return new TreeMap<>(rules)
                .entrySet().stream()
                        .map(group -> group.getValue().label() + ' ' + group.getKey())
                        .collect(Collectors.joining("\n"));
    }

    static Map<String, SecondFactorRule> groups(String text) {
        Map<String, SecondFactorRule> rules = new TreeMap<>();
        text.lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            if (parts.length < 2) {
                throw new IllegalStateException("the table passkey_policy names no group in \"" + line + "\"");
            }
            rules.put(parts[1], secondFactorRule(parts[0]));
        });
        return rules;
    }
}
