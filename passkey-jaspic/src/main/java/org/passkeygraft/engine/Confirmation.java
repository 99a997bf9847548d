package org.passkeygraft.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.PasskeyUser;

/** A fresh proof by a caller who is logged on, part by part where it takes several. Thread-safe. */
public final class Confirmation {
    private final Parts parts;
    private final PasskeyFactor passkey;
    private final PasswordFactor password;
    private final LogonAudit audit;

    Confirmation(PasskeyConfiguration configuration, Parts parts) {
        this.parts = parts;
        this.passkey = new PasskeyFactor(configuration, parts);
        this.password = new PasswordFactor(parts);
        this.audit = new LogonAudit(parts.audit());
    }

    /** How this caller can prove who they are. */
    public ProofWays ways(Account account) {
        return ProofWays.of(parts.store().users().standing(account.key()));
    }

    /** What of these ways this caller can show next: where it takes two parts, a password that is fresh counts. */
    public Set<LogonMethod> next(ProvenCaller caller, ProofWays ways) {
        return ways.next(parts.proofs().holdsPassword(caller.proofs()));
    }

    /** Begins a proof by passkey; lists the caller's own. Older keys serve only where there is nothing better. */
    public CeremonyStart begin(Account account, Client client) {
        List<CredentialRecord> own = parts.store()
                .users()
                .byKey(account.key())
                .map(PasskeyUser::handle)
                .map(parts.store().credentials()::of)
                .orElse(List.of());
        List<CredentialRecord> forLogon =
                own.stream().filter(one -> one.use() == PasskeyUse.LOGON).toList();
        return forLogon.isEmpty()
                ? begin(account, PasskeyUse.SECOND_FACTOR, own, client)
                : begin(account, PasskeyUse.LOGON, forLogon, client);
    }

    private CeremonyStart begin(Account account, PasskeyUse wanted, List<CredentialRecord> own, Client client) {
        return passkey.begin(CeremonyKind.CONFIRMATION, account.key(), wanted, "", own, client);
    }

    /**
     * Decides one part of a proof. Whether it is enough, the change that it is for decides.
     *
     * @throws org.passkeygraft.UnavailableException if the database or the accounts cannot answer; nothing counts as a
     *     failure
     */
    public LogonResult confirm(Account account, LogonRequest request) {
        Trace trace = Trace.of(request);
        LogonResult result;
        if (request instanceof LogonRequest.Assertion assertion) {
            result = passkey.end(
                    CeremonyKind.CONFIRMATION,
                    assertion,
                    trace,
                    (pending, owner) -> isAnother(account, pending, owner),
                    ShownPasskey::accepted);
        } else if (request instanceof LogonRequest.Password typed) {
            result = byPassword(account, typed);
        } else {
            // A ticket says that somebody was here within the last minute; a confirmation asks who is here now.
            result = new Rejected(Rejection.CEREMONY_UNKNOWN);
        }
        trace.isOf(account);
        audit.confirmation(request, trace, result);
        return result;
    }

    private LogonResult byPassword(Account account, LogonRequest.Password request) {
        return ways(account).takesPassword()
                ? sameAccount(account, password.prove(request))
                : new Rejected(Rejection.CONFIRMATION_REQUIRED);
    }

    private static LogonResult sameAccount(Account account, LogonResult result) {
        boolean another =
                result instanceof Accepted accepted && !accepted.account().key().equals(account.key());
        return another ? new Rejected(Rejection.PASSWORD) : result;
    }

    private static Optional<Rejection> isAnother(Account caller, PendingCeremony pending, CallerDirectory.Entry owner) {
        if (!pending.isOf(caller)) {
            return Optional.of(Rejection.CEREMONY_UNKNOWN);
        }
        return owner.account().key().equals(caller.key()) ? Optional.empty() : Optional.of(Rejection.WRONG_ACCOUNT);
    }
}
