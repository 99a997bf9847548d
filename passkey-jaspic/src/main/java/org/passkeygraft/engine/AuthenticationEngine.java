package org.passkeygraft.engine;

import java.util.Map;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.AnswerShape;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.CallerDirectory;

/** The one place where a logon is decided, whichever door it came through. Thread-safe. */
public final class AuthenticationEngine {
    private final Parts parts;
    private final PasskeyFactor passkey;
    private final PasswordFactor password;
    private final HalfLogons halfLogons;
    private final LogonNames names;
    private final LogonAudit audit;
    private final OncePerMinute requestsAudited;
    private final LogonTickets tickets;

    AuthenticationEngine(PasskeyConfiguration configuration, Parts parts, LogonTickets tickets) {
        this.parts = parts;
        this.passkey = new PasskeyFactor(configuration, parts);
        this.password = new PasswordFactor(parts);
        this.halfLogons = new HalfLogons(parts);
        this.names = LogonNames.of(parts);
        this.audit = new LogonAudit(parts);
        this.requestsAudited = new OncePerMinute(parts.clock());
        this.tickets = tickets;
    }

    /** Whether passkeys may be used; at most five seconds old. */
    public boolean passkeysAllowed() {
        return parts.store().policy().current().allowed();
    }

    /**
     * Begins a logon. Costs no statement, no memory and no session, and is the same for known and unknown names.
     *
     * @param typedName what somebody typed as their name, empty for none
     */
    public CeremonyStart beginLogon(String typedName, Client client) {
        return TypedNames.isPossible(typedName)
                ? passkey.begin(typedName, client)
                : new CeremonyStart.Refused(Rejection.MALFORMED);
    }

    /**
     * Decides a logon.
     *
     * @throws org.passkeygraft.UnavailableException if the database or the accounts cannot answer; nobody is logged on and
     *     nothing counts as a failure
     */
    public LogonResult authenticate(LogonRequest request) {
        Trace trace = Trace.of(request);
        LogonResult result;
        if (request instanceof LogonRequest.Assertion assertion) {
            result = byPasskey(assertion, trace);
        } else if (request instanceof LogonRequest.Ticket ticket) {
            // Nobody guesses a ticket: no throttle.
            result = tickets.redeem(ticket).<LogonResult>fold(accepted -> accepted, Rejected::new);
        } else {
            result = password.logOn((LogonRequest.Password) request);
        }
        audit.logon(request, trace, result);
        return result;
    }

    /**
     * Decides whether a passkey is good for a logon that the container is to make: the same as {@link #authenticate}, but
     * nobody is logged on yet. What is accepted may be given to {@link LogonTickets#issue}.
     *
     * @throws org.passkeygraft.UnavailableException as {@link #authenticate}
     */
    public LogonResult authenticateForTicket(LogonRequest.Assertion request) {
        Trace trace = Trace.of(request);
        LogonResult result = byPasskey(request, trace);
        audit.ticket(request, trace, result);
        return result;
    }

    private LogonResult byPasskey(LogonRequest.Assertion request, Trace trace) {
        return passkey.end(CeremonyKind.LOGON, request, trace, this::isNotTheTypedAccount, this::worth);
    }

    private LogonResult worth(ShownPasskey shown) {
        return FactorWorth.ofPasskey(shown.policy()) == FactorWorth.HALF
                ? halfLogons.issue(shown.owner().account(), LogonMethod.PASSKEY, shown.epoch())
                : shown.accepted();
    }

    /**
     * Whether a logon of some time ago still holds.
     *
     * @param epoch the account's generation of sessions at the logon
     * @throws org.passkeygraft.UnavailableException if nobody can tell now
     */
    public Standing standing(Account account, long epoch) {
        return Accounts.usable(parts.accounts().directory(), account.key())
                .<Standing>fold(entry -> inEpoch(entry, epoch), Standing.Ended::new);
    }

    private Standing inEpoch(CallerDirectory.Entry entry, long epoch) {
        long current = parts.store().users().epoch(entry.account().key()).orElse(0);
        return current == epoch
                ? new Standing.Good(entry.account(), entry.groups())
                : new Standing.Ended(Rejection.SESSIONS_ENDED);
    }

    /** Notes that a session was ended because its logon no longer holds. */
    public void sessionEnded(Account account, Client client, Rejection reason) {
        parts.audit().record(AuditEvent.Type.SESSION_ENDED, account, client, Map.of("reason", reason.name()));
    }

    /** Notes that a caller logged off. */
    public void loggedOff(Account account, Client client) {
        parts.audit().record(AuditEvent.Type.LOGOFF, account, client, Map.of());
    }

    /** Notes that a request was refused because another site sent it. */
    public void refusedAsCrossOrigin(Client client, String header) {
        parts.audit().record(AuditEvent.Type.REQUEST_REFUSED, "", client, Map.of("header", header));
    }

    /** Records that a request was refused because it came over plain http and could have carried a secret (T-130). */
    public void refusedInClear(Client client) {
        parts.audit().record(AuditEvent.Type.REQUEST_REFUSED, "", client, Map.of("reason", Rejection.IN_CLEAR.name()));
    }

    private Optional<Rejection> isNotTheTypedAccount(PendingCeremony pending, CallerDirectory.Entry owner) {
        String typed = pending.account();
        boolean same = typed.isEmpty()
                || typed.equals(owner.account().name())
                || names.resolve(typed)
                        .filter(account -> account.key().equals(owner.account().key()))
                        .isPresent();
        return same ? Optional.empty() : Optional.of(Rejection.WRONG_ACCOUNT);
    }

    /**
     * Decides whose request it is that carries a name and a password along and begins no session, such as a machine
     * client's with a BASIC header. It neither forgives the account's failures, or a client that polls would undo the
     * throttle for whoever guesses beside it, nor fills the audit trail: one entry a minute for an account and address.
     *
     * @throws org.passkeygraft.UnavailableException as {@link #authenticate}
     */
    public LogonResult authenticateRequest(LogonRequest.Password request) {
        LogonResult result = password.letOneRequest(request);
        boolean known = result instanceof Accepted accepted
                && !requestsAudited.lets(
                        accepted.account().key() + '\n' + request.client().address());
        if (!known) {
            audit.logon(request, Trace.of(request), result);
        }
        return result;
    }

    /** Returns what is wrong with the shape of a ceremony's answer, see {@link AnswerShape#fault}. */
    public Optional<String> shapeFault(CeremonyKind kind, Bytes body) {
        return AnswerShape.fault(kind, body);
    }
}
