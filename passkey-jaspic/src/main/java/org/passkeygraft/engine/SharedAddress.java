package org.passkeygraft.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.AuditSink;
import org.passkeygraft.store.AuditStore;

/**
 * Notices that everybody logs on from one address, which then is not theirs but a proxy's: the throttle takes them all for
 * one, and the audit trail says nothing. Looks at the last logons of the trail when the application starts, and at each one
 * from then on; says so once. Thread-safe.
 */
final class SharedAddress implements AuditSink {
    private static final System.Logger LOG = System.getLogger(SharedAddress.class.getName());
    /** Fewer may well be one office. */
    private static final int LOGONS = 20;

    private static final int ACCOUNTS = 3;

    private final Set<String> accounts = new HashSet<>();
    private String address = "";
    private int logons;
    private boolean told;

    /** Looks at logons of before. A trail that cannot be read now is no reason not to start. */
    void look(AuditStore trail) {
        try {
            List<AuditRecord> newestFirst = trail.newestLogons(LOGONS);
            newestFirst.forEach(logon -> logon(logon.account(), logon.address()));
        } catch (UnavailableException notNow) {
            LOG.log(System.Logger.Level.DEBUG, "the last logons are not looked at", notNow);
        }
    }

    @Override
    public void record(AuditEvent event) {
        if (event.type() == AuditEvent.Type.LOGON) {
            logon(event.account(), event.address());
        }
    }

    private synchronized void logon(String account, String from) {
        if (told) {
            return;
        }
        if (!from.equals(address)) {
            address = from;
            logons = 0;
            accounts.clear();
        }
        logons++;
        if (accounts.size() < ACCOUNTS) {
            accounts.add(account);
        }
        if (logons >= LOGONS && accounts.size() == ACCOUNTS) {
            told = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the last {0} logons all came from {1}: if that is a reverse proxy, its users are throttled and"
                            + " audited as one; write passkey.proxy.trusted={1}",
                    LOGONS,
                    OneLine.of(from));
        }
    }
}
