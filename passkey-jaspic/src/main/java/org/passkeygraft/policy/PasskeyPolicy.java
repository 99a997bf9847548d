package org.passkeygraft.policy;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an administrator can change while the application runs; the configuration says what holds at first.
 *
 * @param allowed whether passkeys may be used at all
 * @param maximum how many passkeys a user may have, 1 to 100
 * @param offerToBind whether a password logon leads to the page that offers to bind a passkey
 * @param silentUpgrade whether the browser may make a passkey by itself right after a password was checked
 * @param password who may log on by password
 */
public record PasskeyPolicy(
        boolean allowed,
        int maximum,
        boolean offerToBind,
        boolean silentUpgrade,
        PasswordRule password,
        SecondFactorPolicy secondFactor,
        BackupPolicy backup,
        AuthenticatorPolicy authenticators,
        LogonSuffixes suffixes) {
    /** What holds where nobody says otherwise. */
    public static final PasskeyPolicy STANDARD = new PasskeyPolicy(
            true,
            5,
            true,
            false,
            PasswordRule.ALLOWED,
            SecondFactorPolicy.NONE,
            BackupPolicy.STANDARD,
            AuthenticatorPolicy.ANY,
            LogonSuffixes.NONE);

    public PasskeyPolicy {
        if (maximum < 1 || maximum > 100) {
            throw new IllegalArgumentException("a user has 1 to 100 passkeys, not " + maximum);
        }
    }

    /** Parts of a policy that must not hold together, because users, administrators among them, could not log on. */
    public enum Conflict {
        /** Passkeys are off, and who has one may not use the password (T-51). */
        NO_WAY_IN,
        /** Passkeys are off, and a second factor is asked for, which is a passkey. */
        SECOND_FACTOR_WITHOUT_PASSKEYS,
        /** The password is asked for after a passkey, and who has a passkey may not use it. */
        PASSWORD_AFTER_PASSKEY,
        /** Only listed models may be bound, and none is listed. */
        NO_MODELS
    }

    /** What stands against this policy; it must not be put into force unless this is empty. */
    public Set<Conflict> conflicts() {
        Set<Conflict> conflicts = EnumSet.noneOf(Conflict.class);
        if (!allowed && password == PasswordRule.WHILE_NO_PASSKEY) {
            conflicts.add(Conflict.NO_WAY_IN);
        }
        if (!allowed && !secondFactor.isOff()) {
            conflicts.add(Conflict.SECOND_FACTOR_WITHOUT_PASSKEYS);
        }
        if (secondFactor.afterPasskey() && password == PasswordRule.WHILE_NO_PASSKEY) {
            conflicts.add(Conflict.PASSWORD_AFTER_PASSKEY);
        }
        if (authenticators.rule() == ModelRule.ONLY_THESE
                && authenticators.models().isEmpty()) {
            conflicts.add(Conflict.NO_MODELS);
        }
        return conflicts;
    }

    public PasskeyPolicy withAllowed(boolean now) {
        return new PasskeyPolicy(
                now, maximum, offerToBind, silentUpgrade, password, secondFactor, backup, authenticators, suffixes);
    }

    public PasskeyPolicy withMaximum(int now) {
        return new PasskeyPolicy(
                allowed, now, offerToBind, silentUpgrade, password, secondFactor, backup, authenticators, suffixes);
    }

    public PasskeyPolicy withOfferToBind(boolean now) {
        return new PasskeyPolicy(
                allowed, maximum, now, silentUpgrade, password, secondFactor, backup, authenticators, suffixes);
    }

    public PasskeyPolicy withSilentUpgrade(boolean now) {
        return new PasskeyPolicy(
                allowed, maximum, offerToBind, now, password, secondFactor, backup, authenticators, suffixes);
    }

    public PasskeyPolicy withPassword(PasswordRule now) {
        return new PasskeyPolicy(
                allowed, maximum, offerToBind, silentUpgrade, now, secondFactor, backup, authenticators, suffixes);
    }

    public PasskeyPolicy withSecondFactor(SecondFactorPolicy now) {
        return new PasskeyPolicy(
                allowed, maximum, offerToBind, silentUpgrade, password, now, backup, authenticators, suffixes);
    }

    public PasskeyPolicy withSecondFactor(SecondFactorRule standard) {
        return withSecondFactor(new SecondFactorPolicy(standard, secondFactor.byGroup(), secondFactor.afterPasskey()));
    }

    public PasskeyPolicy withBackup(BackupPolicy now) {
        return new PasskeyPolicy(
                allowed, maximum, offerToBind, silentUpgrade, password, secondFactor, now, authenticators, suffixes);
    }

    public PasskeyPolicy withAuthenticators(AuthenticatorPolicy now) {
        return new PasskeyPolicy(
                allowed, maximum, offerToBind, silentUpgrade, password, secondFactor, backup, now, suffixes);
    }

    public PasskeyPolicy withSuffixes(LogonSuffixes now) {
        return new PasskeyPolicy(
                allowed, maximum, offerToBind, silentUpgrade, password, secondFactor, backup, authenticators, now);
    }
}
