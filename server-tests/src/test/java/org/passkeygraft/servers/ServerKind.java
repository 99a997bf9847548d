package org.passkeygraft.servers;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.Server;

/** The servers that the graft is proved on. */
public enum ServerKind {
    JETTY_12("Jetty " + Server.getVersion()),
    TOMCAT_10("Tomcat " + version("servers.tomcat10", "10.1.59")),
    TOMCAT_11("Tomcat " + version("servers.tomcat11", "11.0.24"));

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    /** Name and version, as documentation writes it. */
    public String title() {
        return title;
    }

    public boolean isTomcat() {
        return this != JETTY_12;
    }

    public RunningServer start(List<Deployment> deployments) {
        return start(ServerOptions.defaults(), deployments);
    }

    /**
     * Starts the server and returns when every application answers.
     *
     * @throws IllegalStateException with the server's log, if it or, unless the options allow that, one of the applications
     *     does not start
     */
    public RunningServer start(ServerOptions options, List<Deployment> deployments) {
        return isTomcat() ? TomcatServer.start(home(), options, deployments) : JettyServer.start(options, deployments);
    }

    /** The unpacked distribution of a Tomcat, with its own example applications in {@code webapps}. */
    public Path home() {
        if (!isTomcat()) {
            throw new IllegalStateException(title + " is embedded and has no directory");
        }
        String version = title.substring(title.indexOf(' ') + 1);
        return Path.of(System.getProperty("servers.directory", "target/servers"), "apache-tomcat-" + version);
    }

    private static String version(String property, String otherwise) {
        return System.getProperty(property, otherwise);
    }

    @Override
    public String toString() {
        return title;
    }
}
