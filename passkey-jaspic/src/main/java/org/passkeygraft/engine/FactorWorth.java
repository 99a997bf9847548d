package org.passkeygraft.engine;

import java.util.Set;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.UserStanding;

/** The one rule on what a first factor that was right is worth (T-43, T-44). */
public enum FactorWorth {
    /** The policy wants the account's passkey instead. */
    NOTHING,
    /** Half a logon: another factor is due. */
    HALF,
    LOGON;

    /**
     * A right password's.
     *
     * @param standing read for this decision, not a copy
     * @param groups of the account, as the directory knows them now
     */
    static FactorWorth ofPassword(UserStanding standing, Set<String> groups) {
        PasskeyPolicy policy = standing.policy();
        boolean passkeyWanted = policy.password() == PasswordRule.WHILE_NO_PASSKEY;
        if (passkeyWanted && standing.logonPasskeys() > 0) {
            return NOTHING;
        }
        boolean due = switch (policy.secondFactor().of(groups)) {
            // Who has older keys only has no other way in: the password, and the key with it.
            case OFF -> passkeyWanted && standing.passkeys() > 0;
            case WHEN_BOUND -> standing.passkeys() > 0;
            case REQUIRED -> true;
        };
        return due ? HALF : LOGON;
    }

    /** What a right password will be worth once the account has its first passkey. */
    static FactorWorth ofPasswordBesideAPasskey(PasskeyPolicy policy, Set<String> groups) {
        return ofPassword(new UserStanding(null, 1, 1, policy), groups);
    }

    /** A right passkey's, which is two factors already unless the policy wants the password too. */
    static FactorWorth ofPasskey(PasskeyPolicy policy) {
        return policy.secondFactor().afterPasskey() ? HALF : LOGON;
    }

    /** Whether the account would be left with less than the policy wants if its last passkey went (T-50). */
    static boolean needsOnePasskey(PasskeyPolicy policy, Set<String> groups) {
        return policy.secondFactor().of(groups) == SecondFactorRule.REQUIRED
                || policy.password() == PasswordRule.WHILE_NO_PASSKEY;
    }
}
