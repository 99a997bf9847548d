package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
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
        String peer = runtime.clientAddress(
                Optional.ofNullable(request.getRemoteAddr()).orElse(""), List.of());
        List<String> forwardedFor = Headers.of(request, "X-Forwarded-For");
        boolean trusted = runtime.trustsProxy(peer);
        if (!trusted && !forwardedFor.isEmpty()) {
            runtime.advice().unbelievedProxy(peer);
        }
        if (trusted && forwardedFor.isEmpty() && request.getHeader("Forwarded") != null) {
            runtime.advice().unreadForwarded(peer);
        }
        return runtime.clientAddress(peer, forwardedFor);
    }
}
