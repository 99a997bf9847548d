package org.passkeygraft.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.config.PasskeyConfiguration;

/** Carries half a logon from one factor to the other: a right to go on, which logs nobody on. One a browser. */
public final class HalfLogonCookie {
    private static final List<LogonMethod> FIRST = List.of(LogonMethod.PASSWORD, LogonMethod.PASSKEY);

    private final OwnCookies cookies;

    public HalfLogonCookie(PasskeyConfiguration configuration) {
        this.cookies = new OwnCookies(configuration);
    }

    /** The pass that came along; empty if there is none to be found. */
    public String read(HttpServletRequest request) {
        return held(request).map(Cookie::getValue).findFirst().orElse("");
    }

    /** Hands a pass to the browser, in place of any other. */
    public void set(HttpServletRequest request, HttpServletResponse response, SecondFactorRequired half) {
        String name = name(request, half.shown());
        held(request)
                .filter(other -> !other.getName().equals(name))
                .forEach(other -> cookies.set(request, response, other.getName(), "", Duration.ZERO));
        cookies.set(request, response, name, half.pass(), half.lifetime());
    }

    /** Takes back what the browser holds. */
    public void remove(HttpServletRequest request, HttpServletResponse response) {
        held(request).forEach(held -> cookies.set(request, response, held.getName(), "", Duration.ZERO));
    }

    private Stream<Cookie> held(HttpServletRequest request) {
        Set<String> names = FIRST.stream().map(shown -> name(request, shown)).collect(Collectors.toUnmodifiableSet());
        return OwnCookies.all(request).filter(cookie -> names.contains(cookie.getName()));
    }

    private String name(HttpServletRequest request, LogonMethod shown) {
        return cookies.name(request, shown.label() + "-passed");
    }
}
