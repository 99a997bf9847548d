package org.passkeygraft.engine;

import java.time.Instant;
import org.passkeygraft.Rejection;

/** What became of an administrator's wish to give a user a pass to bind anew. */
public sealed interface ResetIssue {
    /**
     * The pass is there, and is shown this once.
     *
     * @param pass 43 characters that are kept nowhere here; never to be logged
     */
    record Issued(String pass, Instant expiresAt) implements ResetIssue {
        @Override
        public String toString() {
            return "Issued[pass=***, expiresAt=" + expiresAt + "]";
        }
    }

    /** The user is an administrator: there will be a pass when a second administrator wants it too. */
    record Requested() implements ResetIssue {}

    record Refused(Rejection reason) implements ResetIssue {}
}
