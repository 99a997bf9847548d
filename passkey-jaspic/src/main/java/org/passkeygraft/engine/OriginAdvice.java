package org.passkeygraft.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the administrator which pages of the application's own are refused because the configuration does not list their
 * origin: behind a reverse proxy the usual mistake, and one that no check at the start can see. Once for each, and for a
 * few only, so that nobody can fill the log. Thread-safe.
 */
public final class OriginAdvice {
    private static final System.Logger LOG = System.getLogger(OriginAdvice.class.getName());
    private static final int MOST = 10;

    private final Set<String> listed;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    OriginAdvice(Set<String> listed) {
        this.listed = Set.copyOf(listed);
    }

    /**
     * Notes a refused request of such a page.
     *
     * @param origin as the browser sent it
     */
    public void refused(String origin) {
        if (told.size() < MOST && told.add(origin)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "refused a request of a page at {0}, because only {1} is listed; if users reach the application"
                            + " there, write passkey.rp.origins={0} (scheme, host and port as the browser shows them)",
                    OneLine.of(origin),
                    listed);
        }
    }
}
