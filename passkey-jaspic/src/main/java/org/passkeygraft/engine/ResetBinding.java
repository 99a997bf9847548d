package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.passkeygraft.Account;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.BindingCandidate;
import org.passkeygraft.store.Grant;
import org.passkeygraft.store.GrantKind;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.SpentCeremony;

/**
 * What a pass is good for: with the account's password, the right to bind one passkey in the place of all there were. It
 * gives no principal and no session, and asks for no second factor, for it is there because none is left. Thread-safe.
 */
public final class ResetBinding {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int TRIES = 5;
    /** Refusals that an honest user meets; they do not count against an address. */
    private static final Set<Rejection> HONEST = Set.of(
            Rejection.CEREMONY_UNKNOWN,
            Rejection.CREDENTIAL_REGISTERED,
            Rejection.PASSKEYS_OFF,
            Rejection.SESSIONS_ENDED);

    private final Parts parts;
    private final PasswordFactor passwords;
    private final UserSettlement settlement;
    private final Registrations registrations;

    ResetBinding(PasskeyConfiguration configuration, Parts parts) {
        this.parts = parts;
        this.passwords = new PasswordFactor(parts);
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.registrations = new Registrations(configuration.ceremony().timeout(), parts);
    }

    /**
     * Spends a pass. A wrong password does not, but after five of them the pass is good for nothing.
     *
     * @param pass as somebody showed it
     * @param typed the name in it is not looked at
     * @throws UnavailableException if nobody can tell now; nothing is spent and nothing counts as a try
     */
    public ResetUse use(String pass, LogonRequest.Password typed) {
        Optional<Duration> delay =
                parts.throttle().delayOfAddress(typed.client().address());
        if (delay.isPresent()) {
            return new ResetUse.Throttled(delay.get());
        }
        Optional<Grant> known = parts.store().grants().look(GrantKind.RESET, pass);
        if (known.isEmpty()) {
            parts.throttle().assertionFailed(typed.client().address());
            return refused("", typed.client(), Rejection.CEREMONY_UNKNOWN);
        }
        String account = known.get().account().name();
        return holder(known.get(), typed.client())
                .<ResetUse>fold(
                        user -> use(known.get(), user, typed), reason -> refused(account, typed.client(), reason));
    }

    private ResetUse use(Grant pass, PasskeyUser user, LogonRequest.Password typed) {
        LogonResult proof = proof(pass, user.account(), typed);
        if (proof instanceof LogonResult.Throttled throttled) {
            return new ResetUse.Throttled(throttled.retryAfter());
        }
        if (proof instanceof LogonResult.Rejected rejected) {
            return refused(user.account().name(), typed.client(), rejected.reason());
        }
        return parts.store()
                .resets()
                .spend(user, pass, LIFETIME)
                .<ResetUse>map(binding -> used(pass, user, typed.client(), binding))
                .orElseGet(() -> refused(user.account().name(), typed.client(), Rejection.CEREMONY_SPENT));
    }

    private LogonResult proof(Grant pass, Account account, LogonRequest.Password typed) {
        if (!parts.accounts().hasPassword(account.key())) {
            return new LogonResult.Accepted(account, Set.of(), Set.of(), pass.epoch());
        }
        if (!parts.store().grants().tries(pass, TRIES)) {
            return new LogonResult.Rejected(Rejection.CEREMONY_SPENT);
        }
        try {
            LogonResult result = passwords.prove(account, typed);
            if (result instanceof LogonResult.Throttled) {
                parts.store().grants().forgive(pass);
            }
            return result;
        } catch (UnavailableException undecided) {
            parts.store().grants().forgive(pass);
            throw undecided;
        }
    }

    private ResetUse used(Grant pass, PasskeyUser user, Client client, String binding) {
        audit(AuditEvent.Type.RESET_USED, user.account().name(), client, Map.of("by", pass.detail()));
        // Read now: the binding takes the contact away.
        List<Contact> reached = parts.notices().reached(user.account());
        parts.notices().tell(user.account(), NoticeKind.RESET_USED, pass.detail(), reached);
        return new ResetUse.Admitted(binding, LIFETIME);
    }

    private ResetUse refused(String account, Client client, Rejection reason) {
        audit(AuditEvent.Type.RESET_REFUSED, account, client, Map.of("reason", reason.name()));
        return new ResetUse.Refused(reason);
    }

    /** Whose pass this is, if it still says what it said when it was given, and the account may be used (T-37). */
    private Checked<PasskeyUser> holder(Grant grant, Client client) {
        if (!parts.store().policy().current().allowed()) {
            return Checked.refused(Rejection.PASSKEYS_OFF);
        }
        return Accounts.usable(parts.accounts().directory(), grant.account().key())
                .then(entry -> parts.store()
                        .users()
                        .byKey(grant.account().key())
                        .map(user -> unchanged(grant, settlement.upToDate(user, entry.account(), client)))
                        .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN)));
    }

    private static Checked<PasskeyUser> unchanged(Grant grant, PasskeyUser user) {
        if (user.quarantined()) {
            return Checked.refused(Rejection.QUARANTINED);
        }
        return user.epoch() == grant.epoch() ? Checked.passed(user) : Checked.refused(Rejection.SESSIONS_ENDED);
    }

    /** Whose passkey will be bound, for who spent a pass; why none will. */
    public Checked<Account> holder(String binding, Client client) {
        return right(binding).then(grant -> holder(grant, client)).then(user -> Checked.passed(user.account()));
    }

    private Checked<Grant> right(String binding) {
        return parts.store()
                .grants()
                .look(GrantKind.RESET_BINDING, binding)
                .map(Checked::passed)
                .orElseGet(() -> Checked.refused(Rejection.CEREMONY_UNKNOWN));
    }

    /** Begins the one binding. No device is left out: the passkey of before may be the one to be replaced. */
    public CeremonyStart begin(String binding, PasskeyName name, Client client) {
        Optional<Duration> delay = parts.throttle().begin(client.address());
        if (delay.isPresent()) {
            return new CeremonyStart.Throttled(delay.get());
        }
        return right(binding)
                .then(grant -> holder(grant, client))
                .<CeremonyStart>fold(
                        user -> new CeremonyStart.Begun(
                                registrations.begin(CeremonyKind.RESET, user, name, PasskeyUse.LOGON, List.of())),
                        CeremonyStart.Refused::new);
    }

    /** Ends it: the new passkey takes the place of all others, and the account's sessions end. */
    public BindResult end(String binding, CeremonyAnswer answer, Client client) {
        Checked<Grant> right = right(binding);
        List<Contact> reached =
                right.<List<Contact>>fold(grant -> parts.notices().reached(grant.account()), reason -> List.of());
        Checked<CredentialRecord> outcome = right.then(grant -> registrations.end(
                CeremonyKind.RESET,
                grant.account(),
                answer,
                passkey -> permitted(grant, passkey),
                (spent, passkey) -> replace(grant, spent, passkey)));
        String account = right.<String>fold(grant -> grant.account().name(), reason -> "");
        outcome.refusal().ifPresent(reason -> bindingRefused(account, client, reason));
        outcome.passed().ifPresent(passkey -> bound(right.passed().orElseThrow(), passkey, client, reached));
        return outcome.<BindResult>fold(BindResult.Bound::new, BindResult.Refused::new);
    }

    /** Asked again at the end, as close to the change as can be. */
    private Checked<CredentialRecord> permitted(Grant grant, CredentialRecord passkey) {
        String key = grant.account().key();
        return Accounts.usable(parts.accounts().directory(), key)
                .then(usable -> parts.store()
                        .credentials()
                        .forBinding(key)
                        .map(candidate -> permitted(grant, passkey, candidate))
                        .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN)))
                .then(user -> Checked.passed(passkey));
    }

    private static Checked<PasskeyUser> permitted(Grant grant, CredentialRecord passkey, BindingCandidate candidate) {
        if (!candidate.owner().handle().equals(passkey.owner())) {
            // Only a token that somebody sealed who should not be able to says another owner (T-120).
            return Checked.refused(Rejection.CEREMONY_UNKNOWN);
        }
        PasskeyPolicy policy = candidate.policy();
        return policy.allowed() ? unchanged(grant, candidate.owner()) : Checked.refused(Rejection.PASSKEYS_OFF);
    }

    private Checked<CredentialRecord> replace(Grant grant, SpentCeremony spent, CredentialRecord passkey) {
        return switch (parts.store().resets().bind(grant, spent, passkey)) {
            case BOUND -> Checked.passed(passkey);
            case GRANT_GONE, CEREMONY_SPENT -> Checked.refused(Rejection.CEREMONY_SPENT);
            case SESSIONS_ENDED -> Checked.refused(Rejection.SESSIONS_ENDED);
            case REGISTERED -> Checked.refused(Rejection.CREDENTIAL_REGISTERED);
        };
    }

    private void bound(Grant grant, CredentialRecord passkey, Client client, List<Contact> reached) {
        audit(
                AuditEvent.Type.PASSKEY_BOUND,
                grant.account().name(),
                client,
                Map.of("passkey", passkey.id().key(), "reset-by", grant.detail()));
        parts.notices()
                .tell(grant.account(), NoticeKind.PASSKEY_BOUND, passkey.name().text(), reached);
    }

    private void bindingRefused(String account, Client client, Rejection reason) {
        if (!HONEST.contains(reason)) {
            parts.throttle().assertionFailed(client.address());
        }
        audit(AuditEvent.Type.RESET_REFUSED, account, client, Map.of("reason", reason.name()));
    }

    private void audit(AuditEvent.Type type, String account, Client client, Map<String, String> details) {
        parts.audit().record(type, account, client, new TreeMap<>(details));
    }
}
