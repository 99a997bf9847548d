package org.passkeygraft.ceremony;

import org.passkeygraft.Rejection;

/** How a guard says no from the depth of a malformed answer; never leaves this package. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;

    Refusal(Rejection reason) {
        // Without a stack trace: strangers decide how often one is made.
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Rejection reason() {
        return reason;
    }

    static void unless(boolean condition, Rejection reason) throws Refusal {
        if (!condition) {
            throw new Refusal(reason);
        }
    }
}
