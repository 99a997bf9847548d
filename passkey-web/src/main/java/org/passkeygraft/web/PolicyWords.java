package org.passkeygraft.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.web.view.Providers;
import org.passkeygraft.web.view.Setting;
import org.passkeygraft.web.view.Site;

/** The policy in the words of a page. */
record PolicyWords(Site site) {
    private static final Providers PROVIDERS = Providers.known();

    List<Setting> of(PasskeyPolicy policy) {
        SecondFactorPolicy second = policy.secondFactor();
        AuthenticatorPolicy authenticators = policy.authenticators();
        List<Setting> settings = new ArrayList<>();
        settings.add(flag("allowed", policy.allowed()));
        settings.add(choice("password", policy.password().label()));
        settings.add(named("maximum", List.of(Integer.toString(policy.maximum()))));
        settings.add(flag("offer-to-bind", policy.offerToBind()));
        settings.add(flag("silent-upgrade", policy.silentUpgrade()));
        settings.add(choice("second-factor", second.standard().label()));
        settings.add(named("second-factor-groups", groups(second)));
        settings.add(flag("second-factor-after-passkey", second.afterPasskey()));
        settings.add(choice("one-time-codes", policy.backup().oneTimeCodes().label()));
        settings.add(choice("recovery-codes", policy.backup().recoveryCodes().label()));
        settings.add(flag("attested", authenticators.attested()));
        settings.add(choice("model-rule", authenticators.rule().label()));
        settings.add(named("models", models(authenticators.models())));
        settings.add(named("logon-suffix", one(policy.suffixes().standard())));
        settings.add(named("custom-logon-suffixes", sorted(policy.suffixes().custom())));
        return settings;
    }

    private Setting flag(String field, boolean on) {
        return named(field, List.of(site.text(on ? "settings.yes" : "settings.no")));
    }

    private Setting choice(String field, String label) {
        return named(field, List.of(site.text("settings." + field + '.' + label)));
    }

    private Setting named(String field, List<String> values) {
        return new Setting(
                site.text("settings." + field), values.isEmpty() ? List.of(site.text("settings.none")) : values);
    }

    private List<String> groups(SecondFactorPolicy policy) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(policy.byGroup())
                .forEach(
                        (group, rule) -> lines.add(group + ": " + site.text("settings.second-factor." + rule.label())));
        return lines;
    }

    /** With the name of a model that is known here. */
    private static List<String> models(Collection<String> aaguids) {
        return sorted(aaguids).stream()
                .map(aaguid -> PROVIDERS
                        .name(aaguid)
                        .map(name -> aaguid + " (" + name + ')')
                        .orElse(aaguid))
                .toList();
    }

    private static List<String> one(String text) {
        return Optional.of(text).filter(there -> !there.isEmpty()).stream().toList();
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }
}
