package org.passkeygraft.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PolicyFields;
import org.passkeygraft.policy.VersionedPolicy;

/** The policy as data, under the names that a form has. */
final class PolicyJson {
    private PolicyJson() {}

    static Map<String, Object> of(VersionedPolicy versioned) {
        PasskeyPolicy policy = versioned.policy();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", versioned.version());
        body.putAll(PolicyFields.of(policy));
        body.put(PolicyFields.ALLOWED, policy.allowed());
        body.put(PolicyFields.MAXIMUM, policy.maximum());
        body.put(PolicyFields.OFFER_TO_BIND, policy.offerToBind());
        body.put(PolicyFields.SILENT_UPGRADE, policy.silentUpgrade());
        body.put(PolicyFields.SECOND_FACTOR_GROUPS, groups(policy));
        body.put(PolicyFields.AFTER_PASSKEY, policy.secondFactor().afterPasskey());
        body.put(PolicyFields.ATTESTED, policy.authenticators().attested());
        body.put(PolicyFields.MODELS, sorted(policy.authenticators().models()));
        body.put(PolicyFields.CUSTOM_LOGON_SUFFIXES, sorted(policy.suffixes().custom()));
        return body;
    }

    private static Map<String, Object> groups(PasskeyPolicy policy) {
        Map<String, Object> rules = new TreeMap<>();
        policy.secondFactor().byGroup().forEach((group, rule) -> rules.put(group, rule.label()));
        return rules;
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }
}
