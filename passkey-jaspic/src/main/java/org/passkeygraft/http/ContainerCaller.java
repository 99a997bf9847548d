package org.passkeygraft.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.ContainerStanding;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * The JAAS door: the container says who a request is from, and keeps saying so while its session lives. What we remember
 * of the caller follows the container, and the container's logon ends where the account may not be used any more (T-117).
 * One instance follows one request.
 */
public final class ContainerCaller {
    private static final System.Logger LOG = System.getLogger(ContainerCaller.class.getName());
    private static final String ATTRIBUTE = "org.passkeygraft.container-caller";

    private final HttpServletRequest request;
    private final HttpSession session;
    private final PasskeyRuntime runtime;
    private final String name;

    private ContainerCaller(HttpServletRequest request, HttpSession session, PasskeyRuntime runtime, String name) {
        this.request = request;
        this.session = session;
        this.runtime = runtime;
        this.name = name;
    }

    /**
     * Brings the session's record in line with the container's caller: takes the caller over without a proof, or drops a
     * record of somebody else. Does nothing without a session, where the container asks for the password each time.
     *
     * @return the challenge to send where the container's logon has just been ended, or nobody can tell whether it holds;
     *     empty to go on
     */
    public static Optional<Challenge> follow(HttpServletRequest request, PasskeyRuntime runtime) {
        Principal principal = request.getUserPrincipal();
        HttpSession session = request.getSession(false);
        if (session == null) {
            return Optional.empty();
        }
        if (principal == null || principal.getName() == null) {
            // Whose the session was stays noted: it may hold what the application knows of that caller.
            CallerSession.forget(session);
            return Optional.empty();
        }
        try {
            return new ContainerCaller(request, session, runtime, principal.getName()).follow();
        } catch (UnavailableException accountsDown) {
            return Optional.of(new Challenge.Unavailable());
        }
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

    private Optional<Challenge> follow() {
        Note note = Note.read(session);
        if (note == null) {
            return look();
        }
        if (!note.name().equals(name)) {
            // T-116: nothing of the one caller's may reach the other, who logs on anew in a session of their own.
            CallerSession.end(request);
            return Optional.of(end());
        }
        if (!note.known()) {
            return note.isCurrent(now(), runtime.configuration().session().recheck()) ? Optional.empty() : look();
        }
        if (!CallerSession.isRemembered(session)) {
            return look();
        }
        return CallerSession.current(request, runtime).isPresent() ? Optional.empty() : Optional.of(end());
    }

    /** Asks the accounts who that is, whom the container has logged on under this name. */
    private Optional<Challenge> look() {
        forget(session);
        ContainerStanding standing = runtime.authentication().standing(name);
        if (standing instanceof ContainerStanding.Unusable refused) {
            runtime.authentication()
                    .sessionEnded(refused.account(), RemoteClient.of(request, runtime), refused.reason());
            CallerSession.end(request);
            return Optional.of(end());
        }
        if (standing instanceof ContainerStanding.Usable usable) {
            CallerSession.adopt(session, runtime, usable);
        }
        new Note(name, standing instanceof ContainerStanding.Usable, now()).write(session);
        return Optional.empty();
    }

    /** The session has ended; the container may remember the caller elsewhere. */
    private Challenge end() {
        try {
            request.logout();
        } catch (ServletException refused) {
            LOG.log(System.Logger.Level.WARNING, "the container did not log a caller off", refused);
        }
        return new LogonGate(runtime).again(request);
    }

    private Instant now() {
        return runtime.clock().instant();
    }

    private static void forget(HttpSession session) {
        CallerSession.forget(session);
        Note.remove(session);
    }

    /**
     * Whom we have looked at in this session, one text like the record itself. The name is the container's, which may be
     * another spelling than the account's own.
     *
     * @param known whether the accounts know the name, so that there is a record; else it is asked again now and then
     */
    private record Note(String name, boolean known, Instant at) {
        private static final int FIELDS = 3;

        boolean isCurrent(Instant now, Duration recheck) {
            return !at.isAfter(now) && at.plus(recheck).isAfter(now);
        }

        void write(HttpSession session) {
            try {
                session.setAttribute(ATTRIBUTE, known + "\n" + at.toEpochMilli() + "\n" + name);
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
                    return new Note(
                            lines[2], Boolean.parseBoolean(lines[0]), Instant.ofEpochMilli(Long.parseLong(lines[1])));
                }
                return null;
            } catch (IllegalStateException | IllegalArgumentException | ArrayIndexOutOfBoundsException notOurs) {
                return null;
            }
        }
    }
}
