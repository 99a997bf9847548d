package org.passkeygraft.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.passkeygraft.Account;
import org.passkeygraft.engine.KnownDevices;
import org.passkeygraft.engine.PasskeyRuntime;

/** Lets a browser be known again by those who logged on with it: for the throttle, and for nothing else. */
final class DeviceCookie {
    private static final String NAME = "device";

    private DeviceCookie() {}

    /** What the browser keeps, empty if nothing. */
    static String read(HttpServletRequest request, PasskeyRuntime runtime) {
        String name = new OwnCookies(runtime.configuration()).name(request, NAME);
        return OwnCookies.all(request)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Marks the browser after a logon, where failures are counted at all. */
    static void renew(
            HttpServletRequest request, HttpServletResponse response, Account account, PasskeyRuntime runtime) {
        if (runtime.configuration().throttle().enabled()) {
            OwnCookies cookies = new OwnCookies(runtime.configuration());
            String token = runtime.devices().remember(account, RemoteClient.of(request, runtime));
            cookies.set(request, response, cookies.name(request, NAME), token, KnownDevices.LIFETIME);
        }
    }
}
