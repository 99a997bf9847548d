package org.passkeygraft.web;

import java.util.Map;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.Rejection;

/** Turns the outcome of a logon or a confirmation into HTTP. */
final class Logons {
    private Logons() {}

    /** The accepted logon, or its refusal as a client sees it. */
    static Accepted require(WebExchange exchange, LogonResult result) throws RefusedException {
        if (result instanceof Accepted accepted) {
            return accepted;
        }
        if (result instanceof Throttled throttled) {
            throw exchange.throttled(throttled.retryAfter());
        }
        // Nobody who can show one factor only gets any further.
        Rejection reason = result instanceof Rejected rejected ? rejected.reason() : Rejection.SECOND_FACTOR_DUE;
        throw new RefusedException(Problem.ofLogon(reason), members(reason));
    }

    /** The device may forget a passkey only if this store once gave out its user handle and does not have it any more. */
    private static Map<String, Object> members(Rejection reason) {
        return reason == Rejection.CREDENTIAL_REMOVED ? Map.of("signal", "unknown-credential") : Map.of();
    }
}
