package org.passkeygraft.web;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import org.passkeygraft.http.OwnCookies;

/** Carries the right that a pass led to, from the password to the one binding. */
record ResetCookie(WebExchange exchange) {
    private static final String NAME = "reset-binding";

    /** Empty if the browser has none. */
    String read() {
        String name = name();
        return OwnCookies.all(exchange.request())
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst()
                .orElse("");
    }

    void set(String binding, Duration lifetime) {
        cookies().set(exchange.request(), exchange.response(), name(), binding, lifetime);
    }

    void remove() {
        set("", Duration.ZERO);
    }

    private String name() {
        return cookies().name(exchange.request(), NAME);
    }

    private OwnCookies cookies() {
        return new OwnCookies(exchange.runtime().configuration());
    }
}
