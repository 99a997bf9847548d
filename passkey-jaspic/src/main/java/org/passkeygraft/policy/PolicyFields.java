package org.passkeygraft.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A policy as the fields of a form, each a text, and back. The same names stand in the audit trail. A list has a member a
 * line, the rules for groups have <code>group = rule</code> a line.
 */
public final class PolicyFields {
    public static final String ALLOWED = "allowed";
    public static final String PASSWORD = "password";
    public static final String MAXIMUM = "maximum";
    public static final String OFFER_TO_BIND = "offer-to-bind";
    public static final String SILENT_UPGRADE = "silent-upgrade";
    public static final String SECOND_FACTOR = "second-factor";
    public static final String SECOND_FACTOR_GROUPS = "second-factor-groups";
    public static final String AFTER_PASSKEY = "second-factor-after-passkey";
    public static final String ONE_TIME_CODES = "one-time-codes";
    public static final String RECOVERY_CODES = "recovery-codes";
    public static final String ATTESTED = "attested";
    public static final String MODEL_RULE = "model-rule";
    public static final String MODELS = "models";
    public static final String LOGON_SUFFIX = "logon-suffix";
    public static final String CUSTOM_LOGON_SUFFIXES = "custom-logon-suffixes";

    private PolicyFields() {}

    /** In the order of a form. A flag is {@code true} or {@code false}. */
    public static Map<String, String> of(PasskeyPolicy policy) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(ALLOWED, Boolean.toString(policy.allowed()));
        fields.put(PASSWORD, policy.password().label());
        fields.put(MAXIMUM, Integer.toString(policy.maximum()));
        fields.put(OFFER_TO_BIND, Boolean.toString(policy.offerToBind()));
        fields.put(SILENT_UPGRADE, Boolean.toString(policy.silentUpgrade()));
        fields.put(SECOND_FACTOR, policy.secondFactor().standard().label());
        fields.put(SECOND_FACTOR_GROUPS, groups(policy.secondFactor().byGroup()));
        fields.put(AFTER_PASSKEY, Boolean.toString(policy.secondFactor().afterPasskey()));
        fields.put(ONE_TIME_CODES, policy.backup().oneTimeCodes().label());
        fields.put(RECOVERY_CODES, policy.backup().recoveryCodes().label());
        fields.put(ATTESTED, Boolean.toString(policy.authenticators().attested()));
        fields.put(MODEL_RULE, policy.authenticators().rule().label());
        fields.put(
                MODELS, String.join("\n", new TreeSet<>(policy.authenticators().models())));
        fields.put(LOGON_SUFFIX, policy.suffixes().standard());
        fields.put(
                CUSTOM_LOGON_SUFFIXES,
                String.join("\n", new TreeSet<>(policy.suffixes().custom())));
        return fields;
    }

    /** Every field that a form has. */
    public static Set<String> names() {
        return of(PasskeyPolicy.STANDARD).keySet();
    }

    private static String groups(Map<String, SecondFactorRule> rules) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(rules)
                .forEach((group, rule) ->
                        lines.append(lines.isEmpty() ? "" : "\n").append(group + " = " + rule.label()));
        return lines.toString();
    }

    /** What differs between two policies: each field with {@code was before, is after}. */
    public static Map<String, String> difference(PasskeyPolicy before, PasskeyPolicy after) {
        Map<String, String> then = of(before);
        Map<String, String> difference = new LinkedHashMap<>();
        of(after).forEach((field, now) -> {
            if (!now.equals(then.get(field))) {
                difference.put(field, "was " + then.get(field) + ", is " + now);
            }
        });
        return difference;
    }

    /**
     * Reads a whole form. A flag that is not sent is off, as browsers have it.
     *
     * @param field what was sent under a name, empty if nothing was
     */
    public static PolicyReading read(UnaryOperator<String> field) {
        return new PolicyReader(field).read();
    }
}
