package org.passkeygraft.engine;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.spi.AuditEvent;

/** Tells the audit trail what became of an attempt to log on, or to prove again who one is: one event each. */
final class LogonAudit {
    private final Audit audit;
    private final Metrics metrics;
    private final InstantSource clock;

    LogonAudit(Parts parts) {
        this.audit = parts.audit();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
    }

    void logon(LogonRequest request, Trace trace, LogonResult result) {
        tell(tried(request), trace, result, AuditEvent.Type.LOGON, AuditEvent.Type.LOGON_REFUSED);
    }

    /** @param tried what was shown beside the first factor */
    void secondFactor(LogonMethod tried, Trace trace, LogonResult result) {
        tell(tried, trace, result, AuditEvent.Type.LOGON, AuditEvent.Type.LOGON_REFUSED);
    }

    void ticket(LogonRequest request, Trace trace, LogonResult result) {
        tell(tried(request), trace, result, AuditEvent.Type.TICKET_ISSUED, AuditEvent.Type.LOGON_REFUSED);
    }

    void confirmation(LogonRequest request, Trace trace, LogonResult result) {
        tell(tried(request), trace, result, AuditEvent.Type.CONFIRMED, AuditEvent.Type.CONFIRMATION_REFUSED);
    }

    /** The part of a confirmation that was a code. */
    void confirmation(LogonMethod tried, ProvenCaller caller, Checked<LogonMethod> shown) {
        Trace trace = new Trace(caller.client(), "");
        trace.isOf(caller.account());
        Map<String, String> details = new TreeMap<>(Map.of("method", tried.label()));
        shown.refusal().ifPresent(reason -> details.put("reason", reason.name()));
        record(
                shown.refusal().isEmpty() ? AuditEvent.Type.CONFIRMED : AuditEvent.Type.CONFIRMATION_REFUSED,
                trace,
                details);
    }

    private void tell(
            LogonMethod tried, Trace trace, LogonResult result, AuditEvent.Type accepted, AuditEvent.Type refused) {
        Map<String, String> details = new TreeMap<>();
        details.put("method", tried.label());
        if (result instanceof Accepted logon) {
            trace.isOf(logon.account());
            trace.begun().ifPresent(begun -> metrics.accepted(begun, clock.instant(), trace.elapsed()));
            details.put("method", method(logon.methods()));
            record(accepted, trace, details);
        } else if (result instanceof SecondFactorRequired half) {
            trace.isOf(half.account());
            details.put("method", half.shown().label());
            record(AuditEvent.Type.SECOND_FACTOR_REQUIRED, trace, details);
        } else if (result instanceof Rejected rejected) {
            details.put("reason", rejected.reason().name());
            record(refused, trace, details);
        } else {
            record(AuditEvent.Type.LOGON_THROTTLED, trace, details);
        }
    }

    private void record(AuditEvent.Type type, Trace trace, Map<String, String> details) {
        details.putAll(trace.details());
        audit.record(type, trace.account(), trace.client(), details);
    }

    private static LogonMethod tried(LogonRequest request) {
        return request instanceof LogonRequest.Password ? LogonMethod.PASSWORD : LogonMethod.PASSKEY;
    }

    /** Everything that was shown, in the order of {@link LogonMethod}. */
    private static String method(Collection<LogonMethod> shown) {
        return shown.stream().sorted().map(LogonMethod::label).collect(Collectors.joining("+"));
    }
}
