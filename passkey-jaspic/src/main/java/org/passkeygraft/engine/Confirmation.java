package org.passkeygraft.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.PasskeyUser;

/** A fresh proof by a caller who is logged on, part by part where it takes several. Thread-safe. */
public final class Confirmation {
    private final Parts parts;
    private final PasskeyFactor passkey;
    private final PasswordFactor password;
    private final BackupCodes codes;
    private final LogonAudit audit;

    Confirmation(PasskeyConfiguration configuration, Parts parts, BackupCodes codes) {
        this.parts = parts;
        this.passkey = new PasskeyFactor(configuration, parts);
        this.password = new PasswordFactor(parts);
        this.codes = codes;
        this.audit = new LogonAudit(parts);
    }

    /** How this caller can prove who they are. */
    public ProofWays ways(Account account) {
        ProofWays ways = ProofWays.of(parts.store().users().standing(account.key()));
        return ways.or(
                codes.offer(account, BackupUse.SECOND_FACTOR_AND_PROOF, "").methods());
    }

    /** What of these ways this caller can show next: where it takes two parts, a password that is fresh counts. */
    public Set<LogonMethod> next(ProvenCaller caller, ProofWays ways) {
        return ways.next(parts.proofs().holdsPassword(caller.proofs()));
    }

    /**
     * Which codes can be the other part of the proof.
     *
     * @param session a secret of the session, from which alone a one-time code is good
     */
    public BackupOffer backup(Account account, String session) {
        return codes.offer(account, BackupUse.SECOND_FACTOR_AND_PROOF, session);
    }

    /** Sends a one-time code to a caller whose password is fresh; empty if it is sent. */
    public Optional<Rejection> requestCode(ProvenCaller caller, String session) {
        Optional<Rejection> refusal = parts.proofs().holdsPassword(caller.proofs())
                ? codes.request(caller.account(), BackupUse.SECOND_FACTOR_AND_PROOF, session, caller.client())
                : Optional.of(Rejection.CONFIRMATION_REQUIRED);
        refusal.filter(reason -> !OneTimeCodes.RECORDED.contains(reason))
                .ifPresent(reason -> parts.audit()
                        .refused(AuditEvent.Type.CONFIRMATION_REFUSED, caller, "code-request", reason, Map.of()));
        return refusal;
    }

    /** Decides the part of a proof that is a code of either kind, after the password; what passes is which kind it was. */
    public Checked<LogonMethod> byCode(ProvenCaller caller, String session, String typed) {
        Checked<LogonMethod> shown = parts.proofs().holdsPassword(caller.proofs())
                ? codes.redeem(caller.account(), BackupUse.SECOND_FACTOR_AND_PROOF, session, typed, caller.client())
                : Checked.refused(Rejection.CONFIRMATION_REQUIRED);
        audit.confirmation(BackupCodes.method(typed), caller, shown);
        return shown;
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
                ? password.prove(account, request)
                : new Rejected(Rejection.CONFIRMATION_REQUIRED);
    }

    private static Optional<Rejection> isAnother(Account caller, PendingCeremony pending, CallerDirectory.Entry owner) {
        if (!pending.isOf(caller)) {
            return Optional.of(Rejection.CEREMONY_UNKNOWN);
        }
        return owner.account().key().equals(caller.key()) ? Optional.empty() : Optional.of(Rejection.WRONG_ACCOUNT);
    }
}
