package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.security.auth.message.config.AuthConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.eclipse.jetty.ee10.plus.webapp.EnvConfiguration;
import org.eclipse.jetty.ee10.plus.webapp.PlusConfiguration;
import org.eclipse.jetty.ee10.security.jaspi.DefaultAuthConfigFactory;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.ClassMatcher;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty in this virtual machine, as an application with a {@code main} of its own embeds it. */
final class JettyServer implements RunningServer {
    private static final int ACCEPTOR_AND_SELECTOR = 2;
    private static final int SECURE_PORT = 443;
    private static final Logger ROOT = Logger.getLogger("");

    private final Server server;
    private final int port;
    private final Path directory;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ContextHandlerCollection applications = new ContextHandlerCollection();
    private final StreamHandler log = new StreamHandler(written, new SimpleFormatter());

    private JettyServer(Server server, int port, Path directory) {
        this.server = server;
        this.port = port;
        this.directory = directory;
    }

    static JettyServer start(ServerOptions options, List<Deployment> deployments) {
        QueuedThreadPool threads = new QueuedThreadPool(
                ACCEPTOR_AND_SELECTOR + options.workers(),
                ACCEPTOR_AND_SELECTOR + Math.min(options.workers(), ACCEPTOR_AND_SELECTOR));
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        JettyServer running = new JettyServer(server, listen(server), Directories.create("jetty"));
        running.run(options, deployments);
        return running;
    }

    private static int listen(Server server) {
        HttpConfiguration http = new HttpConfiguration();
        // Where Jetty sends what must be confidential, as Tomcat does without a word.
        http.setSecurePort(SECURE_PORT);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("localhost");
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return connector.getLocalPort();
    }

    private void run(ServerOptions options, List<Deployment> deployments) {
        log.setLevel(Level.ALL);
        ROOT.addHandler(log);
        quiet(ROOT, Level.SEVERE);
        // The first of the two lines that an embedded Jetty owes the graft.
        AuthConfigFactory.setFactory(new DefaultAuthConfigFactory());
        try {
            for (Deployment deployment : deployments) {
                applications.addHandler(deploy(deployment, options.mayRefuse()));
            }
            server.setHandler(applications);
            server.start();
        } catch (Exception failure) {
            String logged = log();
            close();
            throw new IllegalStateException("Jetty does not start: " + failure + "\n" + logged, failure);
        }
    }

    /** Stops an application and starts it again. */
    void restart(String contextPath) {
        change(contextPath, context -> {
            context.stop();
            context.start();
        });
    }

    /** Takes an application away and deploys one in its place, as Jetty's deployer does. */
    void redeploy(Deployment deployment) {
        change(deployment.contextPath(), context -> {
            context.stop();
            applications.removeHandler(context);
            WebAppContext next = deploy(deployment, false);
            applications.addHandler(next);
            next.start();
        });
    }

    private void change(String contextPath, Change change) {
        try {
            for (WebAppContext context : server.getDescendants(WebAppContext.class)) {
                if (context.getContextPath().equals(contextPath)) {
                    change.make(context);
                }
            }
        } catch (Exception failure) {
            throw new IllegalStateException(contextPath + " does not start again\n" + log(), failure);
        }
    }

    /** Something done to an application. */
    private interface Change {
        void make(WebAppContext context) throws Exception;
    }

    private WebAppContext deploy(Deployment deployment, boolean mayRefuse) throws IOException {
        String name = "context" + deployment.contextPath().replace('/', '-');
        WebAppContext context = new WebAppContext();
        context.setContextPath(deployment.contextPath().isEmpty() ? "/" : deployment.contextPath());
        context.setWar(deployment.war().toUri().toString());
        context.setTempDirectory(Files.createTempDirectory(directory, name).toFile());
        context.setThrowUnavailableOnStartupException(!mayRefuse);
        context.addConfiguration(new EnvConfiguration(), new PlusConfiguration());
        // The second line.
        context.addHiddenClassMatcher(new ClassMatcher("-jakarta.security.auth.message."));
        // What this test needs itself is not there for the application.
        context.addHiddenClassMatcher(new ClassMatcher("org.passkeygraft.", "org.h2."));
        deployment.jettyRealm().ifPresent(realm -> context.getSecurityHandler().setLoginService(realm));
        context.setInitParameter("passkey.rp.id", "localhost");
        context.setInitParameter("passkey.rp.origins", "http://localhost:" + port);
        deployment.parameters().forEach(context::setInitParameter);
        return context;
    }

    /** The console keeps to itself what only a failing test wants to know. */
    private static void quiet(Logger logger, Level level) {
        for (Handler handler : logger.getHandlers()) {
            if (!(handler instanceof StreamHandler stream) || stream instanceof java.util.logging.ConsoleHandler) {
                handler.setLevel(level);
            }
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String log() {
        log.flush();
        return written.toString(UTF_8);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server did not stop", failure);
        } finally {
            for (var connector : server.getConnectors()) {
                ((ServerConnector) connector).close();
            }
            server.destroy();
            ROOT.removeHandler(log);
            Directories.delete(directory);
        }
    }
}
