package org.passkeygraft.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.PolicyResult.Objection;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.ModelRule;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.PolicyChange;
import org.passkeygraft.policy.PolicyFields;
import org.passkeygraft.policy.Reliance;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.policy.VersionedPolicy;
import org.passkeygraft.spi.AuditEvent;

/**
 * Changes the policy on behalf of an administrator. Of two who change the same version one is refused. Thread-safe.
 *
 * <p>No single change may leave every administrator outside (T-51). What could:
 *
 * <ul>
 *   <li>Passkeys off, and no password for who has one; passkeys off, and a second factor asked for; only listed models,
 *       and none listed; the password asked for after a passkey, and not allowed: a {@link PasskeyPolicy.Conflict} each.
 *   <li>No password for who has a passkey, and the passkeys do not work: an administrator who has one has just proved it
 *       with it, or the change is not made ({@link ProofRule}); one who has none keeps the password.
 *   <li>A second factor required, and authenticators restricted to models that no administrator has, or attested to roots
 *       that fit none: an administrator who would need one and has none is told to bind a passkey first. What is bound
 *       stays good, for models are asked about at a binding only.
 *   <li>Logon suffixes: a name is tried as typed first, so none that meant somebody means somebody else.
 *   <li>The administrators' role is configuration, out of reach from here; so is the store.
 * </ul>
 */
public final class PolicyAdministration {
    private final Parts parts;
    private final Administrators administrators;

    PolicyAdministration(Parts parts, Administrators administrators) {
        this.parts = parts;
        this.administrators = administrators;
    }

    /**
     * The policy of this moment.
     *
     * @throws org.passkeygraft.UnavailableException if the database cannot answer
     */
    public VersionedPolicy current() {
        return parts.store().policy().versioned();
    }

    /** How many users would miss passkeys; reads the whole table of passkeys. */
    public Reliance reliance() {
        return parts.store().survey().reliance();
    }

    /**
     * Puts a policy into force.
     *
     * @param caller whose proof is one for administration
     * @throws org.passkeygraft.UnavailableException if the database or the accounts cannot answer; nothing changed
     */
    public PolicyResult change(ProvenCaller caller, PolicyChange change) {
        PolicyResult result = tryToChange(caller, change);
        if (result instanceof PolicyResult.Refused refused) {
            administrators.refused(caller, "settings", refused.reason(), Map.of());
        } else if (result instanceof PolicyResult.Objected objected) {
            administrators.refused(caller, "settings", Rejection.POLICY, Map.of("objections", labels(objected)));
        }
        return result;
    }

    private static String labels(PolicyResult.Objected objected) {
        return objected.objections().stream().map(Objection::label).sorted().collect(Collectors.joining(","));
    }

    private PolicyResult tryToChange(ProvenCaller caller, PolicyChange change) {
        Optional<Rejection> refusal = administrators.objectionToChange(caller);
        if (refusal.isPresent()) {
            return new PolicyResult.Refused(refusal.get());
        }
        VersionedPolicy before = current();
        if (before.version() != change.version()) {
            return new PolicyResult.Refused(Rejection.STALE);
        }
        Optional<String> ambiguous = ambiguousName(before.policy(), change.policy());
        Set<Objection> objections = objections(caller, before.policy(), change);
        ambiguous.ifPresent(name -> objections.add(Objection.SUFFIX_OF_A_NAME));
        return objections.isEmpty()
                ? putIntoForce(caller, before, change.policy())
                : new PolicyResult.Objected(objections, ambiguous.orElse(""));
    }

    private PolicyResult putIntoForce(ProvenCaller caller, VersionedPolicy before, PasskeyPolicy after) {
        Map<String, String> difference = PolicyFields.difference(before.policy(), after);
        if (difference.isEmpty()) {
            return new PolicyResult.Changed();
        }
        if (!parts.store().policy().change(after, before.version())) {
            return new PolicyResult.Refused(Rejection.STALE);
        }
        parts.audit().record(AuditEvent.Type.POLICY_CHANGED, caller.account().name(), caller.client(), difference);
        return new PolicyResult.Changed();
    }

    private Set<Objection> objections(ProvenCaller caller, PasskeyPolicy before, PolicyChange change) {
        PasskeyPolicy after = change.policy();
        Set<Objection> objections = Objection.of(after);
        if (after.authenticators().attested() && !parts.registration().canVerifyModels()) {
            objections.add(Objection.NO_TRUST_ROOTS);
        }
        if (takesPassword(before, after) && hasPasskeyButDidNotShowIt(caller)) {
            objections.add(Objection.OWN_PASSKEY_FIRST);
        }
        if (isRestricted(after.authenticators()) && needsPasskey(caller, after) && hasNone(caller)) {
            objections.add(Objection.OWN_PASSKEY_FIRST);
        }
        if (before.allowed()
                && !after.allowed()
                && !change.understood()
                && reliance().users() > 0) {
            objections.add(Objection.NOT_UNDERSTOOD);
        }
        return objections;
    }

    private static boolean takesPassword(PasskeyPolicy before, PasskeyPolicy after) {
        return before.password() == PasswordRule.ALLOWED && after.password() != PasswordRule.ALLOWED;
    }

    /** Whose device may be lost: the proof was a password with a code or a key. */
    private boolean hasPasskeyButDidNotShowIt(ProvenCaller caller) {
        return parts.store().users().standing(caller.account().key()).logonPasskeys() > 0
                && !caller.proofs()
                        .holds(
                                LogonMethod.PASSKEY,
                                parts.clock().instant(),
                                parts.proofs().maximumAge());
    }

    private static boolean isRestricted(AuthenticatorPolicy authenticators) {
        return authenticators.attested() || authenticators.rule() != ModelRule.ANY;
    }

    private boolean needsPasskey(ProvenCaller caller, PasskeyPolicy after) {
        return Accounts.usable(parts.accounts().directory(), caller.account().key())
                .<Boolean>fold(
                        entry -> after.secondFactor().of(entry.groups()) == SecondFactorRule.REQUIRED,
                        notKnown -> true);
    }

    private boolean hasNone(ProvenCaller caller) {
        return parts.store().users().standing(caller.account().key()).passkeys() == 0;
    }

    private Optional<String> ambiguousName(PasskeyPolicy before, PasskeyPolicy after) {
        Set<String> suffixes = all(after.suffixes());
        suffixes.removeAll(all(before.suffixes()));
        return suffixes.stream()
                .flatMap(suffix -> parts.store().survey().nameWith(suffix).stream())
                .findFirst();
    }

    private static Set<String> all(LogonSuffixes suffixes) {
        Set<String> all = new HashSet<>(suffixes.custom());
        Stream.of(suffixes.standard()).filter(there -> !there.isEmpty()).forEach(all::add);
        return all;
    }
}
