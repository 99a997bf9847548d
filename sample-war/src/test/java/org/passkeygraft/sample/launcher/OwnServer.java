package org.passkeygraft.sample.launcher;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EventListener;
import java.util.Map;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.security.jaspi.DefaultAuthConfigFactory;
import org.eclipse.jetty.ee10.security.jaspi.modules.BasicAuthenticationAuthModule;
import org.eclipse.jetty.ee10.security.jaspi.provider.JaspiAuthConfigProvider;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The sample on a Jetty that a test has put together itself: few threads, servlets of its own, a graft left undone. */
public final class OwnServer implements AutoCloseable {
    private static final int ACCEPTOR_AND_SELECTOR = 2;

    private final Path directory;
    private final SampleDatabase database;
    private final Server server;
    private final WebAppContext application;
    private final URI uri;

    private OwnServer(Path directory, SampleDatabase database, Server server, WebAppContext application, URI uri) {
        this.directory = directory;
        this.database = database;
        this.server = server;
        this.application = application;
        this.uri = uri;
    }

    /** Prepares a server with so many threads for requests; nothing of the graft is done yet but its configuration. */
    public static OwnServer prepare(Path war, int workers, Map<String, Servlet> servlets) throws Exception {
        return prepare(war, workers, servlets, null);
    }

    /** The same with a realm of the test's; null for the sample's own. */
    public static OwnServer prepare(Path war, int workers, Map<String, Servlet> servlets, @Nullable LoginService realm)
            throws Exception {
        Path directory = Files.createTempDirectory("own-server").toRealPath();
        Path unpacked = unpacked(war, directory);
        SampleDatabase database = SampleDatabase.open(
                "jdbc:h2:file:" + directory.resolve("sample"), unpacked.resolve("WEB-INF/sql/schema.sql"), 0);

        QueuedThreadPool threads =
                new QueuedThreadPool(ACCEPTOR_AND_SELECTOR + workers, ACCEPTOR_AND_SELECTOR + workers);
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("localhost");
        server.addConnector(connector);
        connector.open();
        URI uri = URI.create("http://localhost:" + connector.getLocalPort() + "/sample/");

        WebAppContext application =
                Application.deploy(unpacked, Files.createDirectory(directory.resolve("jetty")), database.dataSource());
        Graft.configure(application, uri, false);
        servlets.forEach((path, servlet) -> application.addServlet(new ServletHolder(servlet), path));
        server.addBean(realm == null ? new AccountLoginService("sample", database.dataSource()) : realm);
        server.setHandler(application);
        return new OwnServer(directory, database, server, application, uri);
    }

    static Path unpacked(Path war, Path directory) throws IOException {
        if (Files.isDirectory(war)) {
            return war;
        }
        Path unpacked = Files.createDirectory(directory.resolve("application"));
        WarFiles.unpack(war, unpacked);
        return unpacked;
    }

    /** With one more setting of the graft. */
    public OwnServer with(String key, String value) {
        return with(Map.of(key, value));
    }

    /** With a listener of the application's. */
    public OwnServer listening(EventListener listener) {
        application.addEventListener(listener);
        return this;
    }

    /** On a server that calls no initializers: without jetty-ee10-annotations. */
    public OwnServer withoutInitializers() {
        application.removeConfiguration(new AnnotationConfiguration());
        return this;
    }

    /** On a server that compiles no pages. */
    public OwnServer withoutPages() {
        application.setDefaultsDescriptor(null);
        return this;
    }

    /** Configures the graft otherwise than the sample's own file does. */
    public OwnServer with(Map<String, String> settings) {
        settings.forEach(application::setInitParameter);
        return this;
    }

    public OwnServer graft() {
        Graft.onto(application);
        return this;
    }

    /** The first of the two lines only. */
    public OwnServer withFactoryOnly() {
        AuthConfigFactory.setFactory(new DefaultAuthConfigFactory());
        return this;
    }

    /** The second of the two lines only. */
    public OwnServer withApiOnly() {
        AuthConfigFactory.setFactory(null);
        application.addHiddenClassMatcher(new ClassMatcher("-jakarta.security.auth.message."));
        return this;
    }

    /** What the application, or a library of its own, registered for it before the graft comes. */
    public OwnServer withAnotherModule() {
        AuthConfigFactory.getFactory()
                .registerConfigProvider(
                        new JaspiAuthConfigProvider(BasicAuthenticationAuthModule.class.getName()),
                        "HttpServlet",
                        "server /sample",
                        "the application's own");
        return this;
    }

    public OwnServer start() throws Exception {
        server.start();
        return this;
    }

    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server did not stop", failure);
        }
        server.destroy();
        for (var connector : server.getConnectors()) {
            ((ServerConnector) connector).close();
        }
        database.close();
        WarFiles.delete(directory);
    }
}
