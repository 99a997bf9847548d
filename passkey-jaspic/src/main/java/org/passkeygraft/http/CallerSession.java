package org.passkeygraft.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.Proofs;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.engine.SealedTexts;
import org.passkeygraft.engine.Standing;

/**
 * The one place where a logon is remembered: one text in the HTTP session, and its parsed form.
 *
 * <p>Every request asks here who the caller is. Once a minute (configurable) one request of the session asks the
 * directory whether the account may still be used and which groups it has now; an account that was locked or removed, or
 * whose sessions were ended, is logged off by that request. Instances belong to one request's thread.
 */
public final class CallerSession {
    private static final String ATTRIBUTE = "org.passkeygraft.caller";
    private static final String SHOWN_ONCE = "org.passkeygraft.shown-once";
    private static final Duration LONGEST_WITHOUT_DIRECTORY = Duration.ofMinutes(5);

    private final PasskeyRuntime runtime;
    private final HttpSession session;
    private final SessionRecord record;

    private CallerSession(PasskeyRuntime runtime, HttpSession session, SessionRecord record) {
        this.runtime = runtime;
        this.session = session;
        this.record = record;
    }

    /**
     * Who is logged on in this request's session, to the application of this runtime. The session of another application,
     * where containers give it while one includes the other, is nobody's.
     *
     * @return empty for nobody: no session, none of ours, one that was ended or whose account may no longer be used
     * @throws UnavailableException if the directory has not answered for five minutes
     */
    public static Optional<CallerSession> current(HttpServletRequest request, PasskeyRuntime runtime) {
        HttpSession session = request.getSession(false);
        if (session == null || isOfAnotherApplication(session, runtime)) {
            return Optional.empty();
        }
        return read(session).flatMap(record -> upToDate(request, runtime, session, record));
    }

    /** Whether the request's session holds a logon, whatever has become of the account. */
    public static boolean isRemembered(HttpServletRequest request, PasskeyRuntime runtime) {
        HttpSession session = request.getSession(false);
        return session != null && !isOfAnotherApplication(session, runtime) && isRemembered(session);
    }

    private static boolean isOfAnotherApplication(HttpSession session, PasskeyRuntime runtime) {
        ServletContext context = session.getServletContext();
        return context != null
                && RuntimeContext.find(context)
                        .filter(other -> other != runtime)
                        .isPresent();
    }

    /**
     * Remembers a logon after every factor. A session that was there keeps what the application put into it only if it was
     * anonymous or the same caller's, and always changes its id (T-56, T-116). The browser is known from now on.
     */
    public static void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            LogonResult.Accepted logon,
            PasskeyRuntime runtime) {
        sessionFor(request, logon.account()).setAttribute(ATTRIBUTE, record(logon, runtime, true));
        DeviceCookie.renew(request, response, logon.account(), runtime);
    }

    private static String record(LogonResult.Accepted logon, PasskeyRuntime runtime, boolean isProof) {
        Instant now = runtime.clock().instant();
        return new SessionRecord(
                        runtime.newLogonId(),
                        logon.account(),
                        logon.groups(),
                        logon.epoch(),
                        now,
                        now,
                        logon.methods(),
                        isProof ? SessionRecord.everything(Proofs.by(logon.methods(), now)) : Map.of())
                .write();
    }

    /**
     * Remembers whom the container has logged on, in the container's own session and without changing its id. A passkey is a
     * proof; a password that only the container has seen is none, for nobody knows when that was: a change asks for one.
     */
    static void adopt(HttpSession session, PasskeyRuntime runtime, LogonResult.Accepted logon) {
        boolean isProof = logon.methods().contains(LogonMethod.PASSKEY);
        try {
            session.setAttribute(ATTRIBUTE, record(logon, runtime, isProof));
        } catch (IllegalStateException endedMeanwhile) {
            // Then the container has forgotten the caller too.
        }
    }

    /** Whether the session holds a logon, whatever has become of the account. */
    static boolean isRemembered(HttpSession session) {
        return account(session).isPresent();
    }

    /** Whose logon the session holds, whatever has become of the account. */
    static Optional<Account> account(HttpSession session) {
        return read(session).map(SessionRecord::account);
    }

    /** Forgets the logon and leaves the rest of the session to the application; whose it was, if anybody's. */
    static Optional<Account> forget(HttpSession session) {
        Optional<Account> account = account(session);
        try {
            session.removeAttribute(ATTRIBUTE);
        } catch (IllegalStateException endedMeanwhile) {
            // It went with the session.
        }
        return account;
    }

    /**
     * Forgets the logon with everything else the session holds, also while the directory cannot be asked.
     *
     * @return whose logon it was, empty where nobody was logged on
     */
    public static Optional<Account> end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return Optional.empty();
        }
        Optional<Account> account = account(session);
        invalidate(session);
        return account;
    }

    public Caller caller() {
        return record.caller();
    }

    public Account account() {
        return record.account();
    }

    /** A secret of this logon: it is kept in the session, and in no database of ours. */
    public String secret() {
        return record.logonId();
    }

    /** Everything that was shown in this session. */
    public Set<LogonMethod> methods() {
        return record.methods();
    }

    /** Who wants something, how freshly they proved it for things of this group, from where. */
    public ProvenCaller provenCaller(ProofGroup group, Client client) {
        return new ProvenCaller(record.account(), record.epoch(), record.proofsFor(group), client);
    }

    /** Remembers a fresh proof of the same caller, good for things of this group; the session id changes. */
    public void prove(HttpServletRequest request, ProofGroup group, Set<LogonMethod> shown) {
        Instant now = runtime.clock().instant();
        try {
            request.changeSessionId();
        } catch (IllegalStateException endedMeanwhile) {
            return;
        }
        change(current -> current.proven(group, shown, now));
    }

    /** Lets this session, of all the account's, live on after a change of the caller's own that ended them. */
    public void outliveOwnChange() {
        change(current -> current.inEpoch(record.epoch() + 1));
    }

    /**
     * Keeps a text sealed in the session until {@link #takeOnce} asks for it, for two minutes; it takes the place of one kept
     * before.
     *
     * @param page which page may show it
     * @param text at most {@link SealedTexts#LONGEST} bytes together with the page
     */
    public void keepOnce(String page, String text) {
        String sealed = runtime.sealedTexts()
                .seal(SealedTexts.Kind.SHOWN_ONCE, page + '\n' + text)
                .orElseThrow(() -> new IllegalArgumentException("too long to be kept"));
        try {
            session.setAttribute(SHOWN_ONCE, sealed);
        } catch (IllegalStateException endedMeanwhile) {
            // Then there is nobody to show it to.
        }
    }

    /** Returns the text that was kept for this page, and forgets it; empty if there is none, or none any more. */
    public Optional<String> takeOnce(String page) {
        try {
            @Nullable Object sealed = session.getAttribute(SHOWN_ONCE);
            Optional<String> kept = sealed instanceof String token
                    ? runtime.sealedTexts().open(SealedTexts.Kind.SHOWN_ONCE, token)
                    : Optional.empty();
            Optional<String> text = kept.filter(found -> found.startsWith(page + '\n'))
                    .map(found -> found.substring(page.length() + 1));
            text.ifPresent(shown -> session.removeAttribute(SHOWN_ONCE));
            return text;
        } catch (IllegalStateException endedMeanwhile) {
            return Optional.empty();
        }
    }

    /** Changes what the session remembers now, which other requests may have changed since we read it. */
    private void change(UnaryOperator<SessionRecord> change) {
        try {
            read(session)
                    .filter(current -> current.logonId().equals(record.logonId()))
                    .map(change)
                    .ifPresent(newer -> session.setAttribute(ATTRIBUTE, newer.write()));
        } catch (IllegalStateException endedMeanwhile) {
            // Another request of the session logged off: there is nothing left to remember it in.
        }
    }

    private static Optional<CallerSession> upToDate(
            HttpServletRequest request, PasskeyRuntime runtime, HttpSession session, SessionRecord record) {
        Instant now = runtime.clock().instant();
        CallerSession caller = new CallerSession(runtime, session, record);
        if (record.isCurrent(now, runtime.configuration().session().recheck(), LONGEST_WITHOUT_DIRECTORY)) {
            return Optional.of(caller);
        }
        // Written before asking: the session's other requests of this moment go on with what is known.
        caller.change(current -> current.tried(now));
        return caller.recheck(request, now);
    }

    /** Asks now whether the logon holds, and ends the session if it does not. */
    public void recheck(HttpServletRequest request) {
        recheck(request, runtime.clock().instant());
    }

    private Optional<CallerSession> recheck(HttpServletRequest request, Instant now) {
        Standing standing;
        try {
            standing = runtime.authentication().standing(record.account(), record.epoch());
        } catch (UnavailableException directoryDown) {
            if (record.checkedAt().plus(LONGEST_WITHOUT_DIRECTORY).isAfter(now)) {
                return Optional.of(this);
            }
            throw directoryDown;
        }
        if (standing instanceof Standing.Good good) {
            change(current -> current.checked(good.account(), good.groups(), now));
            return Optional.of(new CallerSession(runtime, session, record.checked(good.account(), good.groups(), now)));
        }
        Standing.Ended ended = (Standing.Ended) standing;
        runtime.authentication().sessionEnded(record.account(), RemoteClient.of(request, runtime), ended.reason());
        end(request);
        return Optional.empty();
    }

    private static HttpSession sessionFor(HttpServletRequest request, Account account) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return request.getSession(true);
        }
        if (belongsToAnother(session, account)) {
            invalidate(session);
            return request.getSession(true);
        }
        try {
            request.changeSessionId();
        } catch (IllegalStateException endedMeanwhile) {
            // Then the next one is new anyway.
        }
        return request.getSession(true);
    }

    /** Also where what is there cannot be read: it is not known to be the caller's. */
    private static boolean belongsToAnother(HttpSession session, Account account) {
        try {
            return session.getAttribute(ATTRIBUTE) != null
                    && read(session)
                            .filter(record -> record.account().key().equals(account.key()))
                            .isEmpty();
        } catch (IllegalStateException endedMeanwhile) {
            return true;
        }
    }

    private static void invalidate(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException endedMeanwhile) {
            // Two log-outs at once: the other one was first.
        }
    }

    private static Optional<SessionRecord> read(HttpSession session) {
        try {
            @Nullable Object text = session.getAttribute(ATTRIBUTE);
            return text instanceof String written ? SessionRecord.read(written) : Optional.empty();
        } catch (IllegalStateException endedMeanwhile) {
            return Optional.empty();
        }
    }
}
