package org.passkeygraft;

import java.time.Duration;
import java.util.Set;

/** What became of an attempt to log on. A refusal is an everyday outcome, not an exception. */
public sealed interface LogonResult {
    /**
     * Every factor that was due has been shown, and the account may be used now.
     *
     * @param epoch the account's generation of sessions; a session of an older one has ended
     */
    record Accepted(Account account, Set<String> groups, LogonMethod method, long epoch) implements LogonResult {
        public Accepted {
            groups = Set.copyOf(groups);
        }

        public Caller caller() {
            return new Caller(account.name(), groups);
        }
    }

    record Rejected(Rejection reason) implements LogonResult {}

    /** Too many failures lately; nothing was checked. */
    record Throttled(Duration retryAfter) implements LogonResult {}
}
