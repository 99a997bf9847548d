package org.passkeygraft.store;

import java.util.List;

/**
 * The user an account was brought to, and what that did to others.
 *
 * @param quarantined users whose name this account has got; for the audit trail, nearly always empty
 */
public record Establishment(PasskeyUser user, List<PasskeyUser> quarantined) {
    public Establishment {
        quarantined = List.copyOf(quarantined);
    }
}
