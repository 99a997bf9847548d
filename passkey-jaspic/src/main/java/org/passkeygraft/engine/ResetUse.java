package org.passkeygraft.engine;

import java.time.Duration;
import org.passkeygraft.Rejection;

/** What became of a pass that somebody showed. */
public sealed interface ResetUse {
    /**
     * The pass is spent for the right to bind one passkey.
     *
     * @param binding what the browser shows to bind, 43 characters; never to be logged
     */
    record Admitted(String binding, Duration lifetime) implements ResetUse {
        @Override
        public String toString() {
            return "Admitted[binding=***, lifetime=" + lifetime + "]";
        }
    }

    record Refused(Rejection reason) implements ResetUse {}

    /** Too many failures lately; nothing was checked. */
    record Throttled(Duration retryAfter) implements ResetUse {}
}
