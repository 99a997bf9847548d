package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.passkeygraft.config.PasskeyConfiguration;

/** Makes the session cookie as hard to steal as the application allows (T-56). */
final class SessionHardening {
    private static final String SAME_SITE = "SameSite";

    private SessionHardening() {}

    /**
     * Cookies only, not readable by scripts, not sent by other sites; Secure where every origin is https.
     *
     * @throws IllegalStateException if the application has started
     */
    static void apply(PasskeyConfiguration configuration, ServletContext context) {
        if (!configuration.session().hardenCookies()) {
            return;
        }
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        cookie.setHttpOnly(true);
        if (cookie.getAttribute(SAME_SITE) == null && !tomcatSaysSameSite(context)) {
            cookie.setAttribute(SAME_SITE, "Lax");
        }
        if (configuration.relyingParty().origins().stream().noneMatch(origin -> origin.startsWith("http:"))) {
            cookie.setSecure(true);
        }
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        modes.addAll(context.getEffectiveSessionTrackingModes());
        modes.remove(SessionTrackingMode.URL);
        context.setSessionTrackingModes(modes.isEmpty() ? EnumSet.of(SessionTrackingMode.COOKIE) : modes);
    }

    /** Tomcat has a place of its own for it, which nothing here could ask, and which may be stricter than ours. */
    private static boolean tomcatSaysSameSite(ServletContext context) {
        try (InputStream descriptor = context.getResourceAsStream("/META-INF/context.xml")) {
            return descriptor != null
                    && new String(descriptor.readAllBytes(), StandardCharsets.UTF_8).contains("sameSiteCookies");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
