package org.passkeygraft;

import java.time.Duration;
import java.util.Set;

/** What became of an attempt to log on. A refusal is an everyday outcome, not an exception. */
public sealed interface LogonResult {
    /**
     * Every factor that was due has been shown, and the account may be used now.
     *
     * @param methods everything that was shown
     * @param epoch the account's generation of sessions; a session of an older one has ended
     */
    record Accepted(Account account, Set<String> groups, Set<LogonMethod> methods, long epoch) implements LogonResult {
        public Accepted {
            groups = Set.copyOf(groups);
            methods = Set.copyOf(methods);
        }

        public Caller caller() {
            return new Caller(account.name(), groups);
        }
    }

    /**
     * One factor was right and another is due. Nobody is logged on: no session, no principal, no role.
     *
     * @param pass what the browser shows together with the next factor, 43 characters; never to be logged
     * @param shown the factor that was right
     * @param lifetime until the first factor must be shown again
     */
    record SecondFactorRequired(Account account, String pass, LogonMethod shown, Duration lifetime)
            implements LogonResult {
        @Override
        public String toString() {
            return "SecondFactorRequired[account=" + account + ", pass=***, shown=" + shown + "]";
        }
    }

    record Rejected(Rejection reason) implements LogonResult {}

    /** Too many failures lately; nothing was checked. */
    record Throttled(Duration retryAfter) implements LogonResult {}
}
