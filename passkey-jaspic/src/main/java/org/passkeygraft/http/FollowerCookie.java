package org.passkeygraft.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.engine.LogonTickets;

/** Tells, when the container has logged somebody on, that this browser got a ticket just before. Logs nobody on. */
public final class FollowerCookie {
    private static final String NAME = "ticket-followed";

    private final OwnCookies cookies;

    public FollowerCookie(PasskeyConfiguration configuration) {
        this.cookies = new OwnCookies(configuration);
    }

    /** What came along, empty for nothing. */
    String read(HttpServletRequest request) {
        return held(request).map(Cookie::getValue).findFirst().orElse("");
    }

    /** Hands it to the browser that gets this ticket. */
    public void set(HttpServletRequest request, HttpServletResponse response, LogonTickets.Issued ticket) {
        cookies.set(request, response, cookies.name(request, NAME), ticket.follower(), ticket.lifetime());
    }

    void remove(HttpServletRequest request, HttpServletResponse response) {
        held(request).forEach(held -> cookies.set(request, response, held.getName(), "", Duration.ZERO));
    }

    private Stream<Cookie> held(HttpServletRequest request) {
        String name = cookies.name(request, NAME);
        return OwnCookies.all(request).filter(cookie -> cookie.getName().equals(name));
    }
}
