package org.passkeygraft.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.LogonResult;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * The JAAS door: the container says who a request is from, and keeps saying so while its session lives. What we remember
 * of the caller follows the container, and the container's logon ends where the account may not be used any more (T-117).
 * Where the policy wants another factor than the password, that is shown to us before anything of the application can be
 * reached (T-42).
 * One instance follows one request.
 */
public final class ContainerCaller {
    private static final System.Logger LOG = System.getLogger(ContainerCaller.class.getName());
    private static final String ATTRIBUTE = "org.passkeygraft.container-caller";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final HttpSession session;
    private final PasskeyRuntime runtime;
    private final String name;
    private final HalfLogonCookie halfLogon;
    private final FollowerCookie follower;

    private ContainerCaller(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpSession session,
            PasskeyRuntime runtime,
            String name) {
        this.request = request;
        this.response = response;
        this.session = session;
        this.runtime = runtime;
        this.name = name;
        this.halfLogon = new HalfLogonCookie(runtime.configuration());
        this.follower = new FollowerCookie(runtime.configuration());
    }

    /**
     * Brings the session's record in line with the container's caller: takes the caller over, asks for the other factor, or
     * drops a record of somebody else. Without a session the container asks for the password each time, and nothing further
     * can be shown.
     */
    public static Followed follow(HttpServletRequest request, HttpServletResponse response, PasskeyRuntime runtime) {
        Principal principal = request.getUserPrincipal();
        HttpSession session = request.getSession(false);
        boolean nobody = principal == null || principal.getName() == null;
        if (session != null && nobody) {
            // Whose the session was stays noted: it may hold what the application knows of that caller.
            CallerSession.forget(session);
        }
        if (nobody) {
            return new Followed.On();
        }
        try {
            return session == null
                    ? followWithoutSession(runtime, principal.getName())
                    : new ContainerCaller(request, response, session, runtime, principal.getName()).follow();
        } catch (UnavailableException accountsDown) {
            return new Followed.Refused(new Challenge.Unavailable());
        }
    }

    private static Followed followWithoutSession(PasskeyRuntime runtime, String name) {
        return runtime.containerLogons().objectionToPassword(name).isEmpty()
                ? new Followed.On()
                : new Followed.Refused(new Challenge.Unauthorized(true, null));
    }

    /** Forgets and notes that the caller logs off; the container has to be told by whoever calls this. */
    public static void loggedOff(HttpServletRequest request, PasskeyRuntime runtime) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            CallerSession.forget(session)
                    .ifPresent(
                            account -> runtime.authentication().loggedOff(account, RemoteClient.of(request, runtime)));
            forget(session);
        }
    }

    private Followed follow() {
        Note note = Note.read(session);
        if (note == null) {
            return look();
        }
        if (!note.name().equals(name)) {
            // T-116: nothing of the one caller's may reach the other, who logs on anew in a session of their own.
            return refuse();
        }
        return switch (note.state()) {
            case HALF_WAY -> goOnHalfWay();
            case UNKNOWN ->
                note.isCurrent(now(), runtime.configuration().session().recheck()) ? new Followed.On() : look();
            case KNOWN -> {
                if (!CallerSession.isRemembered(session)) {
                    yield look();
                }
                yield CallerSession.current(request, runtime).isPresent() ? new Followed.On() : refuse();
            }
        };
    }

    /** Asks the accounts who that is, whom the container has logged on under this name, and what the logon is worth. */
    private Followed look() {
        forget(session);
        HttpsRule https = new HttpsRule(runtime);
        if (https.isBroken(request)) {
            // T-130: the container took the password before we were asked; its logon does not hold.
            https.refused(request);
            return refuse();
        }
        Optional<LogonResult> decided =
                runtime.containerLogons().decide(name, follower.read(request), RemoteClient.of(request, runtime));
        follower.remove(request, response);
        if (decided.isEmpty()) {
            note(State.UNKNOWN);
            return new Followed.On();
        }
        if (decided.get() instanceof LogonResult.Accepted logon) {
            CallerSession.adopt(session, runtime, logon);
            note(State.KNOWN);
            return new Followed.On();
        }
        if (decided.get() instanceof LogonResult.SecondFactorRequired half) {
            halfLogon.set(request, response, half);
            note(State.HALF_WAY);
            return halfWay();
        }
        return refuse();
    }

    /** Until the other factor was shown, the container's caller is nobody; whoever gives up begins anew at the container. */
    private Followed goOnHalfWay() {
        Optional<Account> completed = CallerSession.account(session);
        if (completed.isPresent()) {
            return complete(completed.get());
        }
        if (!follower.read(request).isEmpty()) {
            return look();
        }
        boolean isOpen = runtime.secondFactor().state(halfLogon.read(request)).isPresent();
        // A script that was under way when the pass was given out does not have it yet.
        return isOpen || !Destination.isNavigation(request) ? halfWay() : refuse();
    }

    /** The other factor must have been that of whom the container means: a pass is anybody's who holds it (T-41). */
    private Followed complete(Account account) {
        if (!runtime.containerLogons().isOf(name, account)) {
            return refuse();
        }
        note(State.KNOWN);
        return new Followed.On();
    }

    private Followed halfWay() {
        return new Followed.HalfWay(new LogonGate(runtime).secondFactor(request));
    }

    /** Ends the session; the container may remember the caller elsewhere. */
    private Followed refuse() {
        CallerSession.end(request);
        try {
            request.logout();
        } catch (ServletException refused) {
            LOG.log(System.Logger.Level.WARNING, "the container did not log a caller off", refused);
        }
        return new Followed.Refused(new LogonGate(runtime).again(request));
    }

    private void note(State state) {
        new Note(name, state, now()).write(session);
    }

    private Instant now() {
        return runtime.clock().instant();
    }

    private static void forget(HttpSession session) {
        CallerSession.forget(session);
        Note.remove(session);
    }

    /** What is known of the container's caller. */
    private enum State {
        /** There is a record. */
        KNOWN,
        /** The other factor is due. */
        HALF_WAY,
        /** The accounts do not know the name; they are asked again now and then. */
        UNKNOWN
    }

    /**
     * Whom we have looked at in this session, one text like the record itself. The name is the container's, which may be
     * another spelling than the account's own.
     */
    private record Note(String name, State state, Instant at) {
        private static final int FIELDS = 3;

        boolean isCurrent(Instant now, Duration recheck) {
            return !at.isAfter(now) && at.plus(recheck).isAfter(now);
        }

        void write(HttpSession session) {
            try {
                session.setAttribute(ATTRIBUTE, state + "\n" + at.toEpochMilli() + "\n" + name);
            } catch (IllegalStateException endedMeanwhile) {
                // Then there is nothing to follow any more.
            }
        }

        static void remove(HttpSession session) {
            try {
                session.removeAttribute(ATTRIBUTE);
            } catch (IllegalStateException endedMeanwhile) {
                // It went with the session.
            }
        }

        static @Nullable Note read(HttpSession session) {
            try {
                if (session.getAttribute(ATTRIBUTE) instanceof String text) {
                    String[] lines = text.split("\n", FIELDS);
                    return new Note(lines[2], State.valueOf(lines[0]), Instant.ofEpochMilli(Long.parseLong(lines[1])));
                }
                return null;
            } catch (IllegalStateException | IllegalArgumentException | ArrayIndexOutOfBoundsException notOurs) {
                return null;
            }
        }
    }
}
