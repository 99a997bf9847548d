package org.passkeygraft.servers;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.security.LoginService;

/**
 * A web application on a server.
 *
 * @param contextPath {@code ""} for the root application, else with a slash at the beginning and none at the end
 * @param war a WAR, or a directory it was unpacked into
 * @param parameters context parameters that the server sets
 * @param jettyRealm who Jetty asks for passwords; Tomcat takes its realm from {@code META-INF/context.xml} or from
 *     {@link ServerOptions#tomcatUsers()}
 */
public record Deployment(
        String contextPath, Path war, Map<String, String> parameters, Optional<LoginService> jettyRealm) {
    public Deployment {
        if (!contextPath.isEmpty() && (!contextPath.startsWith("/") || contextPath.endsWith("/"))) {
            throw new IllegalArgumentException("no context path: " + contextPath);
        }
        parameters = Map.copyOf(parameters);
    }

    public static Deployment of(String contextPath, Path war) {
        return new Deployment(contextPath, war, Map.of(), Optional.empty());
    }

    public Deployment withParameters(Map<String, String> more) {
        return new Deployment(contextPath, war, more, jettyRealm);
    }

    public Deployment withJettyRealm(LoginService realm) {
        return new Deployment(contextPath, war, parameters, Optional.of(realm));
    }
}
