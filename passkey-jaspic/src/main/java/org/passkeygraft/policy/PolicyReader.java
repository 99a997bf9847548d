package org.passkeygraft.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One pass through a filled in form, which goes on after a field that is wrong, so that all of them are seen at once. */
final class PolicyReader {
    /** As much text as the store keeps of one field. */
    private static final int LONGEST = 4000;

    private static final Pattern AAGUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final UnaryOperator<String> fields;
    private final Set<String> wrong = new LinkedHashSet<>();

    PolicyReader(UnaryOperator<String> fields) {
        this.fields = fields;
    }

    PolicyReading read() {
        PasskeyPolicy policy = new PasskeyPolicy(
                flag(PolicyFields.ALLOWED),
                maximum(),
                flag(PolicyFields.OFFER_TO_BIND),
                flag(PolicyFields.SILENT_UPGRADE),
                choice(PolicyFields.PASSWORD, PasswordRule.values(), PasswordRule::label),
                new SecondFactorPolicy(
                        choice(PolicyFields.SECOND_FACTOR, SecondFactorRule.values(), SecondFactorRule::label),
                        groups(),
                        flag(PolicyFields.AFTER_PASSKEY)),
                new BackupPolicy(backup(PolicyFields.ONE_TIME_CODES), backup(PolicyFields.RECOVERY_CODES)),
                new AuthenticatorPolicy(
                        flag(PolicyFields.ATTESTED),
                        choice(PolicyFields.MODEL_RULE, ModelRule.values(), ModelRule::label),
                        Set.copyOf(list(
                                PolicyFields.MODELS,
                                aaguid -> AAGUID.matcher(aaguid).matches()))),
                suffixes());
        return wrong.isEmpty() ? new PolicyReading.Read(policy) : new PolicyReading.Wrong(wrong);
    }

    private boolean flag(String field) {
        return switch (text(field)) {
            case "true", "on" -> true;
            case "", "false" -> false;
            default -> refuse(field, false);
        };
    }

    private int maximum() {
        String text = text(PolicyFields.MAXIMUM);
        boolean sound = text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 100;
        return sound ? Integer.parseInt(text) : refuse(PolicyFields.MAXIMUM, 1);
    }

    private <E> E choice(String field, E[] constants, Function<E, String> label) {
        return Arrays.stream(constants)
                .filter(constant -> label.apply(constant).equals(text(field)))
                .findFirst()
                .orElseGet(() -> refuse(field, constants[0]));
    }

    private BackupUse backup(String field) {
        return choice(field, BackupUse.values(), BackupUse::label);
    }

    private Map<String, SecondFactorRule> groups() {
        Map<String, SecondFactorRule> rules = new HashMap<>();
        for (String line : list(PolicyFields.SECOND_FACTOR_GROUPS, text -> text.lastIndexOf('=') > 0)) {
            if (!add(line, rules)) {
                wrong.add(PolicyFields.SECOND_FACTOR_GROUPS);
            }
        }
        return rules;
    }

    /** Whether the line names a group that was not named before, and a rule. */
    private static boolean add(String line, Map<String, SecondFactorRule> rules) {
        int end = line.lastIndexOf('=');
        String group = line.substring(0, end).strip();
        String label = line.substring(end + 1).strip();
        return !group.isEmpty()
                && Arrays.stream(SecondFactorRule.values())
                        .filter(rule -> rule.label().equals(label))
                        .anyMatch(rule -> rules.putIfAbsent(group, rule) == null);
    }

    private LogonSuffixes suffixes() {
        String standard = LogonSuffixes.folded(text(PolicyFields.LOGON_SUFFIX));
        if (!standard.isEmpty() && !LogonSuffixes.isSuffix(standard)) {
            return refuse(PolicyFields.LOGON_SUFFIX, LogonSuffixes.NONE);
        }
        List<String> listed = list(PolicyFields.CUSTOM_LOGON_SUFFIXES, LogonSuffixes::isSuffix);
        Set<String> custom = listed.stream().map(LogonSuffixes::folded).collect(Collectors.toSet());
        if (custom.size() < listed.size() || custom.contains(standard)) {
            return refuse(PolicyFields.CUSTOM_LOGON_SUFFIXES, LogonSuffixes.NONE);
        }
        return isSound(PolicyFields.CUSTOM_LOGON_SUFFIXES) ? new LogonSuffixes(standard, custom) : LogonSuffixes.NONE;
    }

    /** The lines that are not blank. */
    private List<String> list(String field, Predicate<String> fits) {
        String text = text(field);
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        boolean sound = text.length() <= LONGEST
                && lines.stream().allMatch(line -> line.chars().noneMatch(Character::isISOControl) && fits.test(line));
        return sound ? lines : refuse(field, List.of());
    }

    private String text(String field) {
        return fields.apply(field).strip();
    }

    private boolean isSound(String field) {
        return !wrong.contains(field);
    }

    /** Notes it, and goes on with something that fits. */
    private <T> T refuse(String field, T instead) {
        wrong.add(field);
        return instead;
    }
}
