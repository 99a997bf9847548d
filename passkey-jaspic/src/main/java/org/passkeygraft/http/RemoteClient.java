package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.passkeygraft.Client;
import org.passkeygraft.engine.PasskeyRuntime;

/** Tells where a request really came from, and whether from a browser that is known. */
public final class RemoteClient {
    private RemoteClient() {}

    /** The peer's address, or the last address that trusted proxies passed on; X-Forwarded-For of others is ignored. */
    public static Client of(HttpServletRequest request, PasskeyRuntime runtime) {
        String userAgent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        return new Client(address(request, runtime), userAgent, DeviceCookie.read(request, runtime));
    }

    private static String address(HttpServletRequest request, PasskeyRuntime runtime) {
        String peer = Optional.ofNullable(request.getRemoteAddr())
                .map(RemoteClient::bare)
                .orElse("");
        if (!runtime.trustsProxy(peer)) {
            if (request.getHeader("X-Forwarded-For") != null) {
                runtime.advice().unbelievedProxy(peer);
            }
            return peer;
        }
        // All lines of the header: a proxy may add one of its own below a forged one.
        List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .toList();
        for (int i = hops.size() - 1; i >= 0; i--) {
            String hop = bare(hops.get(i).strip());
            if (!runtime.trustsProxy(hop)) {
                return runtime.isAddress(hop) ? hop : peer;
            }
        }
        return peer;
    }

    /** Some servers write an IPv6 address in brackets. */
    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
