package org.passkeygraft.policy;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which authenticators may be bound. Without attestation an authenticator can claim to be any model: then the list keeps
 * honest users to what they should use, and stops no attacker.
 *
 * @param attested whether an authenticator must prove its model by a certificate of a configured trust root
 * @param models AAGUIDs as UUIDs, in lower case
 */
public record AuthenticatorPolicy(boolean attested, ModelRule rule, Set<String> models) {
    /** Any, without proof. */
    public static final AuthenticatorPolicy ANY = new AuthenticatorPolicy(false, ModelRule.ANY, Set.of());

    public AuthenticatorPolicy {
        models = models.stream().map(model -> model.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether an authenticator of this model may be bound. */
    public boolean permits(String aaguid) {
        boolean listed = models.contains(aaguid.toLowerCase(Locale.ROOT));
        return switch (rule) {
            case ANY -> true;
            case ONLY_THESE -> listed;
            case NOT_THESE -> !listed;
        };
    }
}
