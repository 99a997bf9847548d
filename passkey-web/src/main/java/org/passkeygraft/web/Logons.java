package org.passkeygraft.web;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.Rejection;

/** Turns the outcome of a logon or a confirmation into HTTP. */
final class Logons {
    private Logons() {}

    /** The accepted logon, or its refusal as a client sees it. */
    static Accepted require(WebExchange exchange, LogonResult result) throws RefusedException {
        return require(exchange, result, Problem::ofLogon);
    }

    static Accepted require(WebExchange exchange, LogonResult result, Function<Rejection, Problem> table)
            throws RefusedException {
        if (result instanceof Accepted accepted) {
            return accepted;
        }
        if (result instanceof Throttled throttled) {
            throw exchange.throttled(throttled.retryAfter());
        }
        // Nobody who can show one factor only gets any further.
        Rejection reason = result instanceof Rejected rejected ? rejected.reason() : Rejection.SECOND_FACTOR_DUE;
        throw new RefusedException(table.apply(reason), members(reason));
    }

    /** Leads to the other factor. A session that is there stays as it is: nobody has logged on in it yet (T-40). */
    static void askSecondFactor(WebExchange exchange, SecondFactorRequired half, String target) throws IOException {
        exchange.keep(half);
        exchange.goOn(exchange.own("/second-factor", target));
    }

    /** The device may forget a passkey only if this store once gave out its user handle and does not have it any more. */
    private static Map<String, Object> members(Rejection reason) {
        return reason == Rejection.CREDENTIAL_REMOVED ? Map.of("signal", "unknown-credential") : Map.of();
    }
}
