package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.AuditStore;
import org.passkeygraft.store.PasskeyTotals;

/** What administrators read of the audit table. Thread-safe; whoever asks has made sure that an administrator asks. */
public final class AuditTrail {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int WEEKS = 12;

    private final Parts parts;
    private final boolean kept;

    AuditTrail(Parts parts, boolean kept) {
        this.parts = parts;
        this.kept = kept;
    }

    /** False where events go to the log and to sinks only. */
    public boolean isKept() {
        return kept;
    }

    /** The names of everything that can happen, for a filter. */
    public List<String> events() {
        return Arrays.stream(AuditEvent.Type.values()).map(Enum::name).sorted().toList();
    }

    /** Whether this can be the id of an event. */
    public boolean isId(String text) {
        return AuditStore.isId(text);
    }

    /**
     * The newest events that the filter lets through, newest first, those of this server that waited in memory too.
     *
     * @param before the id of the last event of the page before; empty for the first page
     * @throws org.passkeygraft.UnavailableException if the database cannot answer now
     */
    public List<AuditRecord> newest(AuditFilter filter, String before, int most) {
        if (before.isEmpty()) {
            parts.audit().flush();
        }
        return parts.store().audit().newest(filter, before, most);
    }

    /**
     * Who uses passkeys, and how it went lately.
     *
     * @throws org.passkeygraft.UnavailableException if the database cannot answer now
     */
    public Adoption adoption() {
        parts.audit().flush();
        Instant now = parts.clock().instant();
        Instant monthAgo = now.minus(Adoption.LATELY);
        AuditStore audit = parts.store().audit();
        PasskeyTotals totals = parts.store().credentials().totals();
        return new Adoption(
                totals.users(),
                totals.holders(),
                totals.passkeys(),
                audit.countByMethod(AuditEvent.Type.LOGON.name(), monthAgo),
                audit.countByReason(AuditEvent.Type.LOGON_REFUSED.name(), monthAgo),
                bindings(now));
    }

    private List<Adoption.Week> bindings(Instant now) {
        List<Adoption.Week> weeks = new ArrayList<>();
        for (int ago = WEEKS; ago > 0; ago--) {
            Instant from = now.minus(WEEK.multipliedBy(ago));
            long bound = parts.store().audit().count(AuditEvent.Type.PASSKEY_BOUND.name(), from, from.plus(WEEK));
            weeks.add(new Adoption.Week(from, bound));
        }
        return weeks;
    }
}
