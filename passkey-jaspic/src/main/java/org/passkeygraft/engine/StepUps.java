package org.passkeygraft.engine;

import java.time.Duration;
import java.util.Set;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.config.StepUp;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.UserStanding;

/**
 * The one rule on what a caller who is logged on has to prove before a place that asks for more (P5). Costs no statement
 * while what was proved suffices whatever the account has. Thread-safe.
 */
public final class StepUps {
    private final Parts parts;

    StepUps(Parts parts) {
        this.parts = parts;
    }

    /** What the caller has to do first. */
    public enum Due {
        NOTHING,
        /** Prove who they are, as a change would want it. */
        CONFIRMATION,
        /** Bind a passkey, for there is none to show. */
        BINDING,
        /** Nothing helps: a passkey is wanted, there is none, and passkeys are switched off. */
        UNREACHABLE
    }

    /**
     * What stands between this caller and such a place.
     *
     * @param caller with their proofs for the application
     * @param methods everything that was shown in the caller's session
     * @throws org.passkeygraft.UnavailableException if nobody can tell now
     */
    public Due due(ProvenCaller caller, Set<LogonMethod> methods, StepUp asked) {
        PasskeyPolicy policy = parts.store().policy().current();
        boolean strong = asked.confirmation()
                .map(this::rule)
                .map(rule -> rule.isStrong(caller.proofs(), policy))
                .orElse(true);
        boolean twoFactors = asked.secondFactor() == SecondFactorRule.OFF || LogonMethod.areTwoFactors(methods);
        if (strong && twoFactors) {
            return Due.NOTHING;
        }
        UserStanding standing = parts.store().users().standing(caller.account().key());
        long passkeys = standing.passkeys();
        if (!twoFactors && passkeys == 0 && asked.secondFactor() == SecondFactorRule.REQUIRED) {
            return standing.policy().allowed() ? Due.BINDING : Due.UNREACHABLE;
        }
        boolean fresh = asked.confirmation()
                .map(this::rule)
                .map(rule -> rule.suffices(caller.proofs(), standing.policy(), passkeys))
                .orElse(true);
        return fresh && (twoFactors || passkeys == 0) ? Due.NOTHING : Due.CONFIRMATION;
    }

    private ProofRule rule(Duration maximumAge) {
        return new ProofRule(parts.clock(), maximumAge);
    }
}
