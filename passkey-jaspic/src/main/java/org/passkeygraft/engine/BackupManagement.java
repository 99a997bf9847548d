package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.Contact;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.CodePurpose;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserContact;
import org.passkeygraft.store.UserStanding;

/**
 * What a caller does for the day on which a device is lost. Every change wants the proof that a change of passkeys wants, is
 * audited, and is told to the user by what was there before it. Thread-safe.
 */
public final class BackupManagement {
    /** Long enough for the owner to read what the old contact was told. */
    private static final Duration WAIT = Duration.ofHours(24);

    private static final int CODES = 10;

    private final Parts parts;
    private final UserSettlement settlement;
    private final OneTimeCodes oneTimeCodes;

    BackupManagement(Parts parts) {
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.oneTimeCodes = new OneTimeCodes(parts);
    }

    /**
     * What the account has for that day.
     *
     * @param session a secret of the session, as {@link #requestContact} takes it
     */
    public Backup of(Account account, String session) {
        Instant now = parts.clock().instant();
        UserStanding standing = parts.store().users().standing(account.key());
        return new Backup(
                parts.notices().senders().reach(Contact.Kind.MOBILE),
                parts.notices().senders().reach(Contact.Kind.EMAIL),
                parts.store()
                        .contacts()
                        .byKey(account.key())
                        .map(known -> Backup.State.of(known, now))
                        .orElse(null),
                standing.known()
                        .flatMap(user -> oneTimeCodes.open(user, CodePurpose.CONTACT, session))
                        .orElse(null),
                parts.store().recoveryCodes().remaining(account.key()),
                recoveryCodesServe(standing));
    }

    /** They stand in for a passkey. Made before there is one, they would be whoever's who knew the password then. */
    private static boolean recoveryCodesServe(UserStanding standing) {
        return standing.policy().backup().recoveryCodes() != BackupUse.OFF && standing.passkeys() > 0;
    }

    /**
     * Sends a code to a contact that the caller wants to set; empty if it is sent.
     *
     * @param session a secret of the session, from which alone the code is good
     * @param typed a mobile number or an e-mail address
     */
    public Optional<Rejection> requestContact(ProvenCaller caller, String session, String typed) {
        return told(
                caller,
                "contact",
                permitted(caller, parts.proofs())
                        .then(user -> contact(typed)
                                .then(contact -> oneTimeCodes
                                        .send(user, CodePurpose.CONTACT, contact, session, caller.client())
                                        .map(Checked::<Contact>refused)
                                        .orElseGet(() -> Checked.passed(contact))))
                        .refusal());
    }

    private Checked<Contact> contact(String typed) {
        return Contact.parse(typed)
                .filter(oneTimeCodes::reach)
                .map(Checked::passed)
                .orElseGet(() -> Checked.refused(Rejection.CONTACT));
    }

    /** Sets the contact that the code had been sent to; empty if done. Codes go there a day later. */
    public Optional<Rejection> verifyContact(ProvenCaller caller, String session, String code) {
        // The proof may be older now by the life of a code.
        return told(
                caller,
                "contact-code",
                permitted(caller, parts.proofs().olderBy(OneTimeCodes.LIFETIME))
                        .then(user -> oneTimeCodes
                                .redeem(user, CodePurpose.CONTACT, session, code, caller.client())
                                .then(contact -> set(caller, user, contact)))
                        .refusal());
    }

    private Checked<String> set(ProvenCaller caller, PasskeyUser user, Contact contact) {
        return parts.store()
                .contacts()
                .replace(user, contact, usableFrom(caller))
                .map(reached -> changed(caller, contact.masked(), reached))
                .orElseGet(() -> Checked.refused(Rejection.SESSIONS_ENDED));
    }

    /** Whoever has only the password sets where the user is told things, and not where a factor comes from. */
    private Instant usableFrom(ProvenCaller caller) {
        return parts.proofs()
                        .olderBy(OneTimeCodes.LIFETIME)
                        .isStrong(caller.proofs(), parts.store().policy().current())
                ? parts.clock().instant().plus(WAIT)
                : UserContact.NEVER;
    }

    /** Forgets the contact; empty if done. */
    public Optional<Rejection> removeContact(ProvenCaller caller) {
        return told(
                caller,
                "contact-removal",
                permitted(caller, parts.proofs())
                        .then(user -> parts.store()
                                .contacts()
                                .remove(user)
                                .map(reached -> changed(caller, "removed", reached))
                                .orElseGet(() -> Checked.refused(Rejection.SESSIONS_ENDED)))
                        .refusal());
    }

    private Checked<String> changed(ProvenCaller caller, String what, List<Contact> reached) {
        audit(AuditEvent.Type.CONTACT_CHANGED, caller, Map.of("contact", what));
        parts.notices().tell(caller.account(), NoticeKind.CONTACT_CHANGED, what, caller.client(), reached);
        return Checked.passed(what);
    }

    /** Makes ten codes, of which this is the only sight; those before are of no use any more. */
    public Checked<List<String>> newRecoveryCodes(ProvenCaller caller) {
        Checked<List<String>> made = tryToMakeCodes(caller);
        told(caller, "recovery-codes", made.refusal());
        return made;
    }

    private Checked<List<String>> tryToMakeCodes(ProvenCaller caller) {
        if (!recoveryCodesServe(parts.store().users().standing(caller.account().key()))) {
            return Checked.refused(Rejection.CODES_OFF);
        }
        return permitted(caller, parts.proofs()).then(user -> {
            List<RecoveryCode> codes = Stream.generate(() -> RecoveryCode.random(parts.random()))
                    .limit(CODES)
                    .toList();
            List<String> digests =
                    codes.stream().map(code -> code.digest(user.handle())).toList();
            if (!parts.store().recoveryCodes().replace(user, digests)) {
                return Checked.refused(Rejection.SESSIONS_ENDED);
            }
            audit(AuditEvent.Type.RECOVERY_CODES_CHANGED, caller, Map.of());
            parts.notices().tell(caller.account(), NoticeKind.RECOVERY_CODES_CHANGED, "", caller.client());
            return Checked.passed(codes.stream().map(RecoveryCode::shown).toList());
        });
    }

    private Optional<Rejection> told(ProvenCaller caller, String action, Optional<Rejection> refusal) {
        refusal.filter(reason -> !OneTimeCodes.RECORDED.contains(reason))
                .ifPresent(reason ->
                        parts.audit().refused(AuditEvent.Type.CHANGE_REFUSED, caller, action, reason, Map.of()));
        return refusal;
    }

    private void audit(AuditEvent.Type type, ProvenCaller caller, Map<String, String> details) {
        parts.audit().record(type, caller.account().name(), caller.client(), details);
    }

    private Checked<PasskeyUser> permitted(ProvenCaller caller, ProofRule rule) {
        boolean usable = Accounts.usable(
                        parts.accounts().directory(), caller.account().key())
                .passed()
                .isPresent();
        PasskeyUser user = settlement.settle(caller.account(), caller.client());
        if (!usable || user.epoch() != caller.epoch()) {
            return Checked.refused(Rejection.SESSIONS_ENDED);
        }
        UserStanding standing = parts.store().users().standing(user.account().key());
        return rule.suffices(caller.proofs(), standing.policy(), standing.passkeys())
                ? Checked.passed(user)
                : Checked.refused(Rejection.CONFIRMATION_REQUIRED);
    }
}
