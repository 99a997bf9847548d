package org.passkeygraft.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the administrator what no check at the start can see, when it first happens: what stands between the browsers and
 * the application, and is not in the configuration. Once for each, and for a few only, so that nobody can fill the log.
 * Thread-safe.
 */
public final class Advice {
    private static final System.Logger LOG = System.getLogger(Advice.class.getName());
    private static final int MOST = 10;

    private final String rpId;
    private final Set<String> listed;
    private final Set<String> origins = ConcurrentHashMap.newKeySet();
    private final Set<String> proxies = ConcurrentHashMap.newKeySet();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<String> forwarded = ConcurrentHashMap.newKeySet();
    private final Set<String> plainPeers = ConcurrentHashMap.newKeySet();

    Advice(String rpId, Set<String> listed) {
        this.rpId = rpId;
        this.listed = Set.copyOf(listed);
    }

    /**
     * A page of the application's own was refused as another site's, because the configuration does not list its origin.
     *
     * @param origin as the browser sent it
     */
    public void refusedOrigin(String origin) {
        // Any client can call itself anything: only a host that could have these passkeys is worth a line.
        if (isOfRelyingParty(origin)) {
            tellOnce(
                    origins,
                    origin,
                    "refused a request of a page at {0}, because only {1} is listed; if users reach the application"
                            + " there, write passkey.rp.origins={0} (scheme, host and port as the browser shows them)");
        }
    }

    private boolean isOfRelyingParty(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host != null && (host.equals(rpId) || host.endsWith("." + rpId));
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    /**
     * A peer of a private network speaks for others, and is not believed: all that comes through it counts as one address.
     *
     * @param peer the address of the connection
     */
    public void unbelievedProxy(String peer) {
        if (IpAddress.isPrivate(peer)) {
            tellOnce(
                    proxies,
                    peer,
                    "{0} sends X-Forwarded-For, but is no proxy that is trusted: all its users are throttled and audited"
                            + " as one; if it is your reverse proxy, write passkey.proxy.trusted={0}");
        }
    }

    /**
     * A trusted proxy names a hop in X-Forwarded-For that is no address: all clients behind it count as one (T-126).
     *
     * @param proxy the address of the proxy
     * @param hop what stands in the header
     */
    void unreadableHop(String proxy, String hop) {
        tellOnce(
                unreadable,
                proxy,
                "{0} is a trusted proxy, but sends an X-Forwarded-For that cannot be read: \"{2}\" is no IP address; all"
                        + " its users are throttled and audited as one; let it send the address of its client",
                hop);
    }

    /**
     * A trusted proxy sends Forwarded only, which is not read: all clients behind it count as one (T-126).
     *
     * @param proxy the address of the proxy
     */
    public void unreadForwarded(String proxy) {
        tellOnce(
                forwarded,
                proxy,
                "{0} is a trusted proxy, but sends Forwarded without X-Forwarded-For, and only the latter is read: all its"
                        + " users are throttled and audited as one; let it send X-Forwarded-For");
    }

    /**
     * Tells that a request over plain http was refused or sent to https, as it may be one that came through a proxy.
     *
     * @param peer the address of the connection
     */
    public void refusedInClear(String peer) {
        tellOnce(
                plainPeers,
                peer,
                "{0} sent a request over plain http that shows or takes a password: it was refused, or sent on to {1}; if"
                        + " {0} is a proxy where TLS ends, let it send X-Forwarded-Proto and write"
                        + " passkey.proxy.trusted={0}");
    }

    private void tellOnce(Set<String> told, String subject, String sentence) {
        tellOnce(told, subject, sentence, "");
    }

    private void tellOnce(Set<String> told, String subject, String sentence, String detail) {
        if (told.size() < MOST && told.add(subject)) {
            LOG.log(System.Logger.Level.WARNING, sentence, OneLine.of(subject), listed, OneLine.of(detail));
        }
    }
}
