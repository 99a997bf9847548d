package org.passkeygraft.policy;

import java.util.Map;
import java.util.Set;

/**
 * Who needs a second factor.
 *
 * @param standard for whoever is in none of the groups
 * @param byGroup for members of a group; of several groups the strictest rule holds
 * @param afterPasskey whether the password is asked for after a logon by passkey too, although a passkey is two factors
 */
public record SecondFactorPolicy(
        SecondFactorRule standard, Map<String, SecondFactorRule> byGroup, boolean afterPasskey) {
    /** A password is enough, a passkey too. */
    public static final SecondFactorPolicy NONE = new SecondFactorPolicy(SecondFactorRule.OFF, Map.of(), false);

    public SecondFactorPolicy {
        byGroup = Map.copyOf(byGroup);
    }

    /** The rule for an account of these groups. */
    public SecondFactorRule of(Set<String> groups) {
        return groups.stream()
                .filter(byGroup::containsKey)
                .map(byGroup::get)
                .reduce(SecondFactorRule::and)
                .orElse(standard);
    }

    /** Whether a second factor can be due to anybody who came by password. */
    public boolean isOff() {
        return standard == SecondFactorRule.OFF
                && byGroup.values().stream().allMatch(rule -> rule == SecondFactorRule.OFF);
    }
}
