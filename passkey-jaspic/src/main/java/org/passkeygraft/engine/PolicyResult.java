package org.passkeygraft.engine;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;

/** What became of a change of the policy. */
public sealed interface PolicyResult {
    /** It is in force: at once here, within 5 seconds on other servers, and at the end of every ceremony anywhere. */
    record Changed() implements PolicyResult {}

    /** Nothing changed, and not because of what the policy says. */
    record Refused(Rejection reason) implements PolicyResult {}

    /**
     * Nothing changed, because the policy may not hold here.
     *
     * @param example an account that stands against it, empty where none does
     */
    record Objected(Set<Objection> objections, String example) implements PolicyResult {
        public Objected {
            objections = Set.copyOf(objections);
        }
    }

    /** Why a policy may not hold; the first four are {@link PasskeyPolicy.Conflict} of the same name. */
    enum Objection {
        NO_WAY_IN,
        SECOND_FACTOR_WITHOUT_PASSKEYS,
        PASSWORD_AFTER_PASSKEY,
        NO_MODELS,
        /** Authenticators must prove their model, and no trust root is configured to prove it to. */
        NO_TRUST_ROOTS,
        /** A second factor is required that the administrator has not, and may not be able to bind. */
        OWN_PASSKEY_FIRST,
        /** A logon suffix with which an account's own name ends, so that the name would mean two users. */
        SUFFIX_OF_A_NAME,
        /** Passkeys are switched off without knowing who relies on them. */
        NOT_UNDERSTOOD;

        static Set<Objection> of(PasskeyPolicy policy) {
            Set<Objection> objections = EnumSet.noneOf(Objection.class);
            policy.conflicts().forEach(conflict -> objections.add(valueOf(conflict.name())));
            return objections;
        }

        /** How problem bodies spell it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
