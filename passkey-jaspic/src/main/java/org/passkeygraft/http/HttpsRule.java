package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * Keeps passwords off plain http (T-130): no page that asks for one is shown there, and none is taken. The rule holds where a
 * constraint of the application asks for confidential transport, and where every configured origin is https.
 *
 * <p>In the first case the container's word counts, as it does for the application's own pages. In the second TLS may end at
 * a proxy that says nothing (T-115): then it counts what the browser says of the origin that it is at, and what a browser
 * sends over https only. Immutable and thread-safe.
 */
public final class HttpsRule {
    private static final String MARK = "https";
    private static final Duration MARKED_FOR = Duration.ofHours(1);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final PasskeyRuntime runtime;
    private final OwnCookies cookies;
    private final boolean confidential;
    private final boolean httpsOnly;
    private final SameOrigin httpsOrigins;

    public HttpsRule(PasskeyRuntime runtime) {
        PasskeyConfiguration configuration = runtime.configuration();
        this.runtime = runtime;
        this.cookies = new OwnCookies(configuration);
        this.confidential = configuration.entrance().declared().confidential();
        this.httpsOnly = origins(configuration).noneMatch(origin -> origin.startsWith("http:"));
        this.httpsOrigins = new SameOrigin(origins(configuration)
                .filter(origin -> origin.startsWith("https:"))
                .collect(Collectors.toSet()));
    }

    private static Stream<String> origins(PasskeyConfiguration configuration) {
        return Stream.concat(configuration.http().origins().stream(), configuration.relyingParty().origins().stream());
    }

    /** Returns whether the request came over plain http although the application is for https. */
    public boolean isBroken(HttpServletRequest request) {
        if (request.isSecure()) {
            return false;
        }
        return confidential || (httpsOnly && !cameThroughTls(request));
    }

    /** Looks for what only a browser or a trusted proxy on https says. */
    private boolean cameThroughTls(HttpServletRequest request) {
        Optional<String> proxy = proxyScheme(request);
        if (proxy.isPresent()) {
            return proxy.get().equals("https");
        }
        return httpsOrigins.isOfOwnPage(request) || isFetchedSecurely(request) || cookies.cameOverHttps(request);
    }

    /** Returns the scheme that a trusted proxy says the browser used. */
    private Optional<String> proxyScheme(HttpServletRequest request) {
        String peer = peer(request);
        List<String> said = Collections.list(request.getHeaders("X-Forwarded-Proto"));
        return said.size() == 1 && runtime.trustsProxy(peer)
                ? Optional.of(said.get(0).strip().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** Browsers send this header to https addresses, and in clear to their own machine only (Fetch Metadata, section 3). */
    private static boolean isFetchedSecurely(HttpServletRequest request) {
        String host = Optional.ofNullable(request.getServerName()).orElse("").toLowerCase(Locale.ROOT);
        boolean own = LOOPBACK.contains(host) || host.endsWith(".localhost");
        return !own && request.getHeader("Sec-Fetch-Site") != null;
    }

    /**
     * Sends the browser to the same address on https. It takes a cookie along that it gives back over https only, so that it
     * is not sent there again where TLS ends at a proxy that says nothing. Where no https origin is configured, the answer is
     * 403.
     */
    public void redirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
        note(request);
        String origin = origin(request);
        if (origin.isEmpty()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        cookies.set(request, response, cookies.name(request, MARK), "1", MARKED_FOR);
        boolean again = Destination.isToLookAt(request);
        String path = Optional.of(request)
                .filter(asked -> again)
                .flatMap(Destination::asked)
                .orElse(runtime.configuration().http().startPage());
        new Challenge.Redirect(again ? 302 : 303, origin + Paths.publicContext(request, runtime) + path).send(response);
    }

    /** Records that the request was refused, because it can carry a password or a code. */
    public void refused(HttpServletRequest request) {
        note(request);
        runtime.authentication().refusedInClear(RemoteClient.of(request, runtime));
    }

    private void note(HttpServletRequest request) {
        runtime.advice().refusedInClear(peer(request));
    }

    private String peer(HttpServletRequest request) {
        return runtime.clientAddress(
                Optional.ofNullable(request.getRemoteAddr()).orElse(""), List.of());
    }

    /** Returns the configured https origin of the host that was asked, else the first one; never what the request says. */
    private String origin(HttpServletRequest request) {
        List<String> https = origins(runtime.configuration())
                .filter(origin -> origin.startsWith("https:"))
                .distinct()
                .toList();
        return https.stream()
                .filter(origin -> URI.create(origin).getHost().equalsIgnoreCase(request.getServerName()))
                .findFirst()
                .or(() -> https.stream().findFirst())
                .orElse("");
    }
}
