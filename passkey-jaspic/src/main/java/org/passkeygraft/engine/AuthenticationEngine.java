package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;
import org.passkeygraft.ceremony.Challenge;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.PasskeyUser;

/** The one place where a logon is decided, whichever door it came through. Thread-safe. */
public final class AuthenticationEngine {
    private static final int LONGEST_NAME = 255;
    /** Refusals that an honest user meets; they do not count against an address. */
    private static final Set<Rejection> HONEST = Set.of(
            Rejection.CEREMONY_UNKNOWN, Rejection.CREDENTIAL_REMOVED, Rejection.WRONG_ACCOUNT, Rejection.PASSKEYS_OFF);

    private final PasskeyConfiguration configuration;
    private final Parts parts;
    private final PasskeyLogon passkeyLogon;
    private final LogonAudit audit;
    private final OncePerMinute requestsAudited;
    private final LogonTickets tickets;

    AuthenticationEngine(PasskeyConfiguration configuration, Parts parts, LogonTickets tickets) {
        this.configuration = configuration;
        this.parts = parts;
        this.passkeyLogon = new PasskeyLogon(parts);
        this.audit = new LogonAudit(parts.audit());
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
        if (!isPossibleName(typedName)) {
            return new CeremonyStart.Refused(Rejection.MALFORMED);
        }
        return begin(CeremonyKind.LOGON, typedName, "", List.of(), client);
    }

    /** Begins a fresh proof by the caller who is logged on; lists the caller's own passkeys. */
    public CeremonyStart beginConfirmation(Account account, Client client) {
        Optional<UserHandle> handle = parts.store().users().byKey(account.key()).map(PasskeyUser::handle);
        List<CredentialRecord> own = handle.map(parts.store().credentials()::of).orElse(List.of()).stream()
                .filter(passkey -> passkey.use() == PasskeyUse.LOGON)
                .toList();
        return own.isEmpty()
                ? new CeremonyStart.Refused(Rejection.CREDENTIAL_UNKNOWN)
                : begin(
                        CeremonyKind.CONFIRMATION,
                        account.key(),
                        handle.map(UserHandle::toString).orElse(""),
                        own,
                        client);
    }

    private CeremonyStart begin(
            CeremonyKind kind, String account, String userHandle, List<CredentialRecord> allowed, Client client) {
        if (!passkeysAllowed()) {
            return new CeremonyStart.Refused(Rejection.PASSKEYS_OFF);
        }
        Optional<Duration> delay = parts.throttle().begin(client.address());
        if (delay.isPresent()) {
            return new CeremonyStart.Throttled(delay.get());
        }
        Duration timeout = configuration.ceremony().timeout();
        Instant now = parts.clock().instant();
        Challenge challenge = Challenge.random(parts.random());
        PendingCeremony pending =
                new PendingCeremony(kind, challenge, now, now.plus(timeout), account, userHandle, PasskeyUse.LOGON, "");
        return new CeremonyStart.Begun(new BegunCeremony(
                kind,
                parts.authentication().options(challenge, timeout, allowed, true),
                challenge.tag(),
                parts.ceremonies().seal(pending),
                timeout));
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
            result = byPasskey(CeremonyKind.LOGON, assertion, trace, this::isNotTheTypedAccount);
        } else if (request instanceof LogonRequest.Ticket ticket) {
            // Nobody guesses a ticket: no throttle.
            result = tickets.redeem(ticket).<LogonResult>fold(accepted -> accepted, Rejected::new);
        } else {
            result = byPassword((LogonRequest.Password) request);
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
        LogonResult result = byPasskey(CeremonyKind.LOGON, request, trace, this::isNotTheTypedAccount);
        audit.ticket(request, trace, result);
        return result;
    }

    /**
     * Decides a fresh proof by a caller who is logged on. A password is enough only while the account has no passkey.
     *
     * @throws org.passkeygraft.UnavailableException as {@link #authenticate}
     */
    public LogonResult confirm(Account account, LogonRequest request) {
        Trace trace = Trace.of(request);
        LogonResult result;
        if (request instanceof LogonRequest.Assertion assertion) {
            result = byPasskey(
                    CeremonyKind.CONFIRMATION,
                    assertion,
                    trace,
                    (pending, owner) -> isAnother(account, pending, owner));
        } else if (request instanceof LogonRequest.Ticket) {
            // A ticket says that somebody was here within the last minute; a confirmation asks who is here now.
            result = new Rejected(Rejection.CEREMONY_UNKNOWN);
        } else if (parts.store().users().standing(account.key()).passkeys() > 0) {
            result = new Rejected(Rejection.CONFIRMATION_REQUIRED);
        } else {
            result = sameAccount(account, byPassword((LogonRequest.Password) request));
        }
        trace.isOf(account);
        audit.confirmation(request, trace, result);
        return result;
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

    /**
     * What is known of a caller whom the container logged on by itself.
     *
     * @param name as the container calls the caller
     * @throws org.passkeygraft.UnavailableException if nobody can tell now
     */
    public ContainerStanding standing(String name) {
        if (!isPossibleName(name)) {
            return new ContainerStanding.Unknown();
        }
        return parts.accounts()
                .directory()
                .resolve(name)
                .map(this::containerStanding)
                .orElseGet(ContainerStanding.Unknown::new);
    }

    private ContainerStanding containerStanding(Account account) {
        return Accounts.usable(parts.accounts().directory(), account.key())
                .<ContainerStanding>fold(
                        entry -> new ContainerStanding.Usable(
                                entry.account(),
                                entry.groups(),
                                parts.store()
                                        .users()
                                        .epoch(entry.account().key())
                                        .orElse(0)),
                        reason -> new ContainerStanding.Unusable(account, reason));
    }

    /** Notes that a session was ended because its logon no longer holds. */
    public void sessionEnded(Account account, Client client, Rejection reason) {
        parts.audit().record(AuditEvent.Type.SESSION_ENDED, account, client, Map.of("reason", reason.name()));
    }

    /** Notes that a caller logged off. */
    public void loggedOff(Account account, Client client) {
        parts.audit().record(AuditEvent.Type.LOGOFF, account, client, Map.of());
    }

    /** Notes that somebody asked for administration without being an administrator (T-52). */
    public void refusedAdministration(Account account, Client client, Rejection reason) {
        parts.audit().record(AuditEvent.Type.ADMINISTRATION_REFUSED, account, client, Map.of("reason", reason.name()));
    }

    /** Notes that a request was refused because another site sent it. */
    public void refusedAsCrossOrigin(Client client, String header) {
        parts.audit().record(AuditEvent.Type.REQUEST_REFUSED, "", client, Map.of("header", header));
    }

    private LogonResult byPasskey(
            CeremonyKind kind, LogonRequest.Assertion request, Trace trace, PasskeyLogon.OwnerRule ownerRule) {
        String address = request.client().address();
        return passkeyLogon
                .end(kind, request.answer(), trace, ownerRule)
                .<LogonResult>fold(accepted -> accepted, reason -> refused(reason, address));
    }

    private LogonResult refused(Rejection reason, String address) {
        if (HONEST.contains(reason)) {
            return new Rejected(reason);
        }
        Optional<Duration> delay = parts.throttle().delayOfAddress(address);
        parts.throttle().assertionFailed(address);
        return delay.<LogonResult>map(Throttled::new).orElseGet(() -> new Rejected(reason));
    }

    private Optional<Rejection> isNotTheTypedAccount(PendingCeremony pending, CallerDirectory.Entry owner) {
        String typed = pending.account();
        boolean same = typed.isEmpty()
                || typed.equals(owner.account().name())
                || parts.accounts()
                        .directory()
                        .resolve(typed)
                        .filter(account -> account.key().equals(owner.account().key()))
                        .isPresent();
        return same ? Optional.empty() : Optional.of(Rejection.WRONG_ACCOUNT);
    }

    private static Optional<Rejection> isAnother(Account caller, PendingCeremony pending, CallerDirectory.Entry owner) {
        if (!pending.isOf(caller)) {
            return Optional.of(Rejection.CEREMONY_UNKNOWN);
        }
        return owner.account().key().equals(caller.key()) ? Optional.empty() : Optional.of(Rejection.WRONG_ACCOUNT);
    }

    /**
     * Decides whose request it is that carries a name and a password along and begins no session, such as a machine
     * client's with a BASIC header. It neither forgives the account's failures, or a client that polls would undo the
     * throttle for whoever guesses beside it, nor fills the audit trail: one entry a minute for an account and address.
     *
     * @throws org.passkeygraft.UnavailableException as {@link #authenticate}
     */
    public LogonResult authenticateRequest(LogonRequest.Password request) {
        LogonResult result = byPassword(request, Admission.Counted::takeBack);
        boolean known = result instanceof Accepted accepted
                && !requestsAudited.lets(
                        accepted.account().key() + '\n' + request.client().address());
        if (!known) {
            audit.logon(request, Trace.of(request), result);
        }
        return result;
    }

    private LogonResult byPassword(LogonRequest.Password request) {
        return byPassword(request, Admission.Counted::forgive);
    }

    private LogonResult byPassword(LogonRequest.Password request, Consumer<Admission.Counted> succeeded) {
        if (!isPossibleName(request.username()) || request.username().isBlank()) {
            return new Rejected(Rejection.NAME);
        }
        Admission admission = parts.guesses().admitPassword(bareName(request.username()), request.client());
        if (admission instanceof Admission.Wait wait) {
            return new Throttled(wait.retryAfter());
        }
        Admission.Counted counted = (Admission.Counted) admission;
        Checked<Accepted> outcome = verify(request, counted);
        if (outcome instanceof Checked.Passed) {
            succeeded.accept(counted);
        }
        return outcome.<LogonResult>fold(accepted -> accepted, Rejected::new);
    }

    private String bareName(String typed) {
        return parts.store().policy().current().suffixes().strip(typed).orElse(typed);
    }

    private Checked<Accepted> verify(LogonRequest.Password request, Admission.Counted counted) {
        try {
            return verify(request);
        } catch (UnavailableException undecided) {
            counted.takeBack();
            throw undecided;
        }
    }

    private Checked<Accepted> verify(LogonRequest.Password request) {
        return parts.accounts()
                .verify(request)
                .map(account -> Accounts.usable(parts.accounts().directory(), account.key()))
                .orElseGet(() -> Checked.refused(Rejection.PASSWORD))
                .then(this::accept);
    }

    private Checked<Accepted> accept(CallerDirectory.Entry entry) {
        long epoch = parts.store().users().epoch(entry.account().key()).orElse(0);
        return Checked.passed(new Accepted(entry.account(), entry.groups(), Set.of(LogonMethod.PASSWORD), epoch));
    }

    private static LogonResult sameAccount(Account account, LogonResult result) {
        boolean another =
                result instanceof Accepted accepted && !accepted.account().key().equals(account.key());
        return another ? new Rejected(Rejection.PASSWORD) : result;
    }

    /** What cannot be anybody's name is refused before a statement could choke on it (T-95). */
    private static boolean isPossibleName(String typed) {
        return typed.length() <= LONGEST_NAME && typed.indexOf('\0') < 0;
    }
}
