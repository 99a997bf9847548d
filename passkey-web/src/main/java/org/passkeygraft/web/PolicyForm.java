package org.passkeygraft.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.ModelRule;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.PolicyFields;
import org.passkeygraft.policy.Reliance;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.web.view.Field;
import org.passkeygraft.web.view.Field.Choice;
import org.passkeygraft.web.view.Field.Kind;
import org.passkeygraft.web.view.FieldGroup;
import org.passkeygraft.web.view.Site;

/**
 * The fields of the dialog Global Security.
 *
 * @param values what is in force, or what was filled in, by the names in {@link PolicyFields}
 * @param wrong the fields that were refused
 * @param reliance who would miss passkeys if they were switched off
 */
record PolicyForm(Site site, Map<String, String> values, Set<String> wrong, Reliance reliance) {
    /** The field that says so where passkeys are switched off although users rely on them. */
    static final String UNDERSTOOD = "understood";

    List<FieldGroup> groups() {
        return List.of(
                new FieldGroup(site.text("settings.group.passkeys"), passkeys()),
                new FieldGroup(
                        site.text("settings.group.password"),
                        List.of(
                                choice(PolicyFields.PASSWORD, labels(PasswordRule.values(), PasswordRule::label)),
                                rule(PolicyFields.SECOND_FACTOR),
                                field(Kind.LINES, PolicyFields.SECOND_FACTOR_GROUPS),
                                field(Kind.TICK, PolicyFields.AFTER_PASSKEY))),
                new FieldGroup(
                        site.text("settings.group.backup"),
                        List.of(backup(PolicyFields.ONE_TIME_CODES), backup(PolicyFields.RECOVERY_CODES))),
                new FieldGroup(
                        site.text("settings.group.authenticators"),
                        List.of(
                                field(Kind.TICK, PolicyFields.ATTESTED),
                                choice(PolicyFields.MODEL_RULE, labels(ModelRule.values(), ModelRule::label)),
                                models())),
                new FieldGroup(
                        site.text("settings.group.suffixes"),
                        List.of(
                                field(Kind.LINE, PolicyFields.LOGON_SUFFIX),
                                field(Kind.LINES, PolicyFields.CUSTOM_LOGON_SUFFIXES))));
    }

    private List<Field> passkeys() {
        List<Field> fields = new ArrayList<>();
        fields.add(field(Kind.TICK, PolicyFields.ALLOWED));
        if (reliance.users() > 0) {
            fields.add(field(
                    Kind.TICK,
                    UNDERSTOOD,
                    site.text("settings.reliance", reliance.users())
                            + ' '
                            + site.text("settings.reliance.recently", reliance.recently()),
                    List.of()));
        }
        fields.add(field(Kind.LINE, PolicyFields.MAXIMUM));
        fields.add(field(Kind.TICK, PolicyFields.OFFER_TO_BIND));
        fields.add(field(Kind.TICK, PolicyFields.SILENT_UPGRADE));
        return fields;
    }

    private Field models() {
        String names = String.join(", ", PolicyWords.models(value(PolicyFields.MODELS)));
        String hint = site.text("settings.models.hint");
        return field(Kind.LINES, PolicyFields.MODELS, names.isEmpty() ? hint : hint + ' ' + names, List.of());
    }

    private Field rule(String name) {
        return choice(name, labels(SecondFactorRule.values(), SecondFactorRule::label));
    }

    private Field backup(String name) {
        return choice(name, labels(BackupUse.values(), BackupUse::label));
    }

    private static <E> List<String> labels(E[] constants, Function<E, String> label) {
        return Stream.of(constants).map(label).toList();
    }

    private Field choice(String name, List<String> labels) {
        List<Choice> choices = labels.stream()
                .map(label -> new Choice(label, site.text("settings." + name + '.' + label)))
                .toList();
        return field(Kind.CHOICE, name, hint(name), choices);
    }

    private Field field(Kind kind, String name) {
        return field(kind, name, hint(name), List.of());
    }

    private Field field(Kind kind, String name, String hint, List<Choice> choices) {
        String error = wrong.contains(name) ? site.text(worded(name + ".error", "error")) : "";
        return new Field(kind, name, site.text("settings." + name), hint, value(name), choices, error);
    }

    private String hint(String name) {
        String key = "settings." + name + ".hint";
        return site.texts().has(key) ? site.text(key) : "";
    }

    private String worded(String own, String general) {
        return "settings." + (site.texts().has("settings." + own) ? own : general);
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }
}
