package org.passkeygraft.ceremony;

import org.passkeygraft.Rejection;
import org.passkeygraft.json.JsonException;

/** How a guard says no from the depth of a malformed answer; never leaves this package. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;
    private final String fault;

    Refusal(Rejection reason) {
        this(reason, "the answer is not of the shape that WebAuthn Level 3 describes");
    }

    private Refusal(Rejection reason, String fault) {
        // Without a stack trace: strangers decide how often one is made.
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.fault = fault;
    }

    /** Makes one for an answer of the wrong shape; the fault names member and rule, and repeats nothing that came in. */
    static Refusal ofShape(String fault) {
        return new Refusal(Rejection.MALFORMED, fault);
    }

    String fault() {
        return fault;
    }

    Rejection reason() {
        return reason;
    }

    /** Runs a step that looks into one member; what is malformed there is a fault of this member. */
    static <T> T inside(String member, Attempt<T> step) throws Refusal {
        try {
            return step.run();
        } catch (Refusal refusal) {
            throw refusal.reason == Rejection.MALFORMED ? ofShape(member + " is not well-formed") : refusal;
        } catch (JsonException malformed) {
            throw ofShape(member + ": " + malformed.fault());
        }
    }

    static void unless(boolean condition, Rejection reason) throws Refusal {
        if (!condition) {
            throw new Refusal(reason);
        }
    }
}
