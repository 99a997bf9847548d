package org.passkeygraft.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PolicyFields;
import org.passkeygraft.web.view.Providers;
import org.passkeygraft.web.view.Setting;
import org.passkeygraft.web.view.Site;

/** The policy in force, in the words of a page. */
record PolicyWords(Site site) {
    private static final Providers PROVIDERS = Providers.known();

    List<Setting> of(PasskeyPolicy policy) {
        List<Setting> settings = new ArrayList<>();
        PolicyFields.of(policy).forEach((field, text) -> settings.add(named(field, words(policy, field, text))));
        return settings;
    }

    private List<String> words(PasskeyPolicy policy, String field, String text) {
        return switch (field) {
            case PolicyFields.MODELS -> models(text);
            case PolicyFields.SECOND_FACTOR_GROUPS -> groups(policy);
            default -> text.lines().map(line -> word(field, line)).toList();
        };
    }

    /** A flag or a constant has a word of ours, a name or a number is its own. */
    private String word(String field, String line) {
        String key = "settings." + (line.equals("true") || line.equals("false") ? line : field + '.' + line);
        return site.texts().has(key) ? site.text(key) : line;
    }

    private Setting named(String field, List<String> values) {
        return new Setting(
                site.text("settings." + field), values.isEmpty() ? List.of(site.text("settings.none")) : values);
    }

    private List<String> groups(PasskeyPolicy policy) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(Map.copyOf(policy.secondFactor().byGroup()))
                .forEach(
                        (group, rule) -> lines.add(group + ": " + site.text("settings.second-factor." + rule.label())));
        return lines;
    }

    /** Each with the name of the model, if it is known here. */
    static List<String> models(String aaguids) {
        return aaguids.lines()
                .map(aaguid -> PROVIDERS
                        .name(aaguid)
                        .map(name -> aaguid + " (" + name + ')')
                        .orElse(aaguid))
                .toList();
    }
}
