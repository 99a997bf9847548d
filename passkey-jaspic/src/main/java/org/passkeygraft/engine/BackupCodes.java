package org.passkeygraft.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.CodePurpose;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserStanding;

/**
 * Codes that stand in for a passkey beside a right password, and never alone: whoever calls has seen the password. Only for
 * who has a passkey; where one is required and missing, it has to be bound (T-43). Thread-safe. Every method throws {@link
 * org.passkeygraft.UnavailableException} if nobody can tell now, and then nothing counts.
 */
public final class BackupCodes {
    private final Parts parts;
    private final OneTimeCodes oneTimeCodes;

    BackupCodes(Parts parts) {
        this.parts = parts;
        this.oneTimeCodes = new OneTimeCodes(parts);
    }

    /**
     * What the account can show.
     *
     * @param use what for
     * @param holder the secret of the browser or session, as {@link #request} takes it
     */
    public BackupOffer offer(Account account, BackupUse use, String holder) {
        return owner(account).map(owner -> offer(owner, use, holder)).orElse(BackupOffer.NONE);
    }

    private BackupOffer offer(PasskeyUser owner, BackupUse use, String holder) {
        Optional<Contact> contact = allows(LogonMethod.ONE_TIME_CODE, use) ? contact(owner) : Optional.empty();
        return new BackupOffer(
                contact.orElse(null),
                contact.isPresent()
                        && oneTimeCodes.open(owner, CodePurpose.BACKUP, holder).equals(contact),
                allows(LogonMethod.RECOVERY_CODE, use)
                        && parts.store()
                                        .recoveryCodes()
                                        .remaining(owner.account().key())
                                > 0);
    }

    /**
     * Sends a one-time code; empty if it is sent.
     *
     * @param holder a secret that only the browser or session has whose password was right; the code is good from there only
     */
    public Optional<Rejection> request(Account account, BackupUse use, String holder, Client client) {
        if (!allows(LogonMethod.ONE_TIME_CODE, use)) {
            return Optional.of(Rejection.CODES_OFF);
        }
        Optional<PasskeyUser> owner = owner(account);
        Optional<Contact> contact = owner.flatMap(this::contact);
        return contact.isEmpty()
                ? Optional.of(Rejection.CODES_OFF)
                : oneTimeCodes.send(owner.orElseThrow(), CodePurpose.BACKUP, contact.get(), holder, client);
    }

    /** Which kind of code this would be. */
    static LogonMethod method(String typed) {
        return OneTimeCodes.isCode(typed) ? LogonMethod.ONE_TIME_CODE : LogonMethod.RECOVERY_CODE;
    }

    /** Uses up a code of either kind, told apart by their form. What passes is which kind it was; its owner is told. */
    public Checked<LogonMethod> redeem(Account account, BackupUse use, String holder, String typed, Client client) {
        LogonMethod method = method(typed);
        // Not the copy of the policy, for here something ends.
        UserStanding standing = parts.store().users().standing(account.key());
        if (!allows(standing.policy(), method, use)) {
            return Checked.refused(Rejection.CODES_OFF);
        }
        Checked<LogonMethod> shown = owner(standing)
                .map(owner -> admitted(owner, method, holder, typed, client))
                .orElseGet(() -> Checked.refused(Rejection.CODES_OFF));
        shown.passed().ifPresent(kind -> parts.notices().tell(account, NoticeKind.BACKUP_USED, kind.label(), client));
        return shown;
    }

    /** Counted as failed before it is looked at, like a password, on all servers together. */
    private Checked<LogonMethod> admitted(
            PasskeyUser owner, LogonMethod method, String holder, String typed, Client client) {
        return parts.guesses()
                .within(() -> parts.guesses().admitCode(owner.account(), client) instanceof Admission.Counted admission
                        ? counted(admission, () -> redeem(owner, method, holder, typed, client))
                        : Checked.refused(Rejection.TOO_MANY_CODES));
    }

    private static Checked<LogonMethod> counted(Admission.Counted admission, Supplier<Checked<LogonMethod>> check) {
        try (Admission.Counted counted = admission) {
            Checked<LogonMethod> shown = check(counted, check);
            shown.passed().ifPresent(right -> counted.forgive());
            return shown;
        }
    }

    private static Checked<LogonMethod> check(Admission.Counted counted, Supplier<Checked<LogonMethod>> check) {
        try {
            return check.get();
        } catch (UnavailableException undecided) {
            counted.takeBack();
            throw undecided;
        }
    }

    private Checked<LogonMethod> redeem(
            PasskeyUser owner, LogonMethod method, String holder, String typed, Client client) {
        return method == LogonMethod.ONE_TIME_CODE
                ? byOneTimeCode(owner, holder, typed, client)
                : byRecoveryCode(owner, typed, client);
    }

    /** The contact is asked again at the end: it may have been changed or removed since the code went there. */
    private Checked<LogonMethod> byOneTimeCode(PasskeyUser owner, String holder, String typed, Client client) {
        return oneTimeCodes
                .redeem(owner, CodePurpose.BACKUP, holder, typed, client)
                .then(to -> contact(owner).equals(Optional.of(to))
                        ? Checked.passed(LogonMethod.ONE_TIME_CODE)
                        : Checked.refused(Rejection.CODES_OFF));
    }

    private Checked<LogonMethod> byRecoveryCode(PasskeyUser owner, String typed, Client client) {
        if (parts.throttle().delayOfAddress(client.address()).isPresent()) {
            return Checked.refused(Rejection.TOO_MANY_CODES);
        }
        boolean right = RecoveryCode.parse(typed)
                .filter(code -> parts.store().recoveryCodes().use(owner.handle(), code.digest(owner.handle())))
                .isPresent();
        if (!right) {
            parts.throttle().assertionFailed(client.address());
            return Checked.refused(Rejection.CODE);
        }
        parts.store()
                .oneTimeCodes()
                .forgive(owner.handle(), parts.clock().instant().plusMillis(1));
        return Checked.passed(LogonMethod.RECOVERY_CODE);
    }

    private boolean allows(LogonMethod method, BackupUse use) {
        return allows(parts.store().policy().current(), method, use);
    }

    private static boolean allows(PasskeyPolicy policy, LogonMethod method, BackupUse use) {
        return policy.backup().of(method).compareTo(use) >= 0;
    }

    /** The account's user if codes can be of any use to it. */
    private Optional<PasskeyUser> owner(Account account) {
        return owner(parts.store().users().standing(account.key()));
    }

    private static Optional<PasskeyUser> owner(UserStanding standing) {
        return standing.known().filter(user -> !user.quarantined()).filter(user -> standing.passkeys() > 0);
    }

    /** Where codes go now, if they go anywhere. */
    private Optional<Contact> contact(PasskeyUser owner) {
        return parts.store()
                .contacts()
                .byKey(owner.account().key())
                .flatMap(known -> known.forCodes(parts.clock().instant()))
                .filter(oneTimeCodes::reach)
                .filter(contact -> areOn(owner));
    }

    /** After ten wrong codes there are none until the owner shows a passkey or a recovery code (T-118: which always work). */
    private boolean areOn(PasskeyUser owner) {
        Optional<Instant> off = parts.store().oneTimeCodes().offSince(owner.handle(), CodePurpose.BACKUP);
        if (off.isEmpty()) {
            return true;
        }
        Optional<Instant> shown = parts.store().credentials().of(owner.handle()).stream()
                .map(CredentialRecord::lastUsedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .filter(used -> used.isAfter(off.get()));
        shown.ifPresent(used -> parts.store().oneTimeCodes().forgive(owner.handle(), used));
        return shown.isPresent();
    }
}
