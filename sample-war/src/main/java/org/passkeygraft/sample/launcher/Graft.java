package org.passkeygraft.sample.launcher;

import jakarta.security.auth.message.config.AuthConfigFactory;
import java.net.URI;
import org.eclipse.jetty.ee10.security.jaspi.DefaultAuthConfigFactory;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.util.ClassMatcher;

/**
 * The graft, 3 of 3: what an embedded Jetty must do so that the jars in WEB-INF/lib can authenticate its callers. A
 * server such as Tomcat needs none of it. Without the jars it changes nothing.
 */
final class Graft {
    private Graft() {}

    /** The two lines that every embedded Jetty needs, before the application starts. */
    static void onto(WebAppContext application) {
        AuthConfigFactory.setFactory(new DefaultAuthConfigFactory());
        application.addHiddenClassMatcher(new ClassMatcher("-jakarta.security.auth.message."));
    }

    /** What of WEB-INF/passkey.properties is only known at the start: context parameters win over the file. */
    static void configure(WebAppContext application, URI address, boolean throttled) {
        application.setInitParameter("passkey.rp.id", address.getHost());
        application.setInitParameter("passkey.rp.origins", origin(address));
        if (!throttled) {
            application.setInitParameter("passkey.throttle.enabled", "false");
        }
    }

    /** As browsers write it: without the port if it is the scheme's own (RFC 6454, section 6.2). */
    private static String origin(URI address) {
        return "http://" + (address.getPort() == 80 ? address.getHost() : address.getAuthority());
    }
}
