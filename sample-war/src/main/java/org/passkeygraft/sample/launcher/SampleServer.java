package org.passkeygraft.sample.launcher;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * The sample application on an embedded Jetty, on localhost below {@code /sample}. Any number may run in one virtual
 * machine, one after another.
 */
public final class SampleServer implements AutoCloseable {
    private static final String HOST = "localhost";
    private static final int STOP_MILLISECONDS = 5_000;

    private final URI uri;
    private final String databaseUrl;
    private final DataSource dataSource;
    private final List<Runnable> undo;

    private SampleServer(URI uri, String databaseUrl, DataSource dataSource, List<Runnable> undo) {
        this.uri = uri;
        this.databaseUrl = databaseUrl;
        this.dataSource = dataSource;
        this.undo = undo;
    }

    /**
     * Starts the application and returns when it answers requests.
     *
     * @param war the WAR, or a directory it was unpacked into
     * @throws StartException if the port is taken, the database cannot be opened or the application does not start
     */
    public static SampleServer start(Path war, Options options) throws StartException {
        List<Runnable> undo = new ArrayList<>();
        try {
            return start(war, options, undo);
        } catch (StartException | RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    private static SampleServer start(Path war, Options options, List<Runnable> undo) throws StartException {
        Server server = new Server();
        undo.add(() -> stop(server));
        // The application must know its origin when it starts, so the port comes first, even if it is any free one.
        URI uri = URI.create(
                "http://" + HOST + ":" + listen(server, options.port(), undo) + Application.CONTEXT_PATH + "/");

        Path directory = temporaryDirectory();
        undo.add(() -> WarFiles.delete(directory));
        Path unpacked = unpack(war, directory);
        SampleDatabase database = open(options, unpacked);
        undo.add(database::close);

        WebAppContext application = deploy(unpacked, directory, database.dataSource());
        Graft.onto(application);
        Graft.configure(application, uri, options.throttled());
        options.parameters().forEach(application::setInitParameter);
        server.addBean(new AccountLoginService("sample", database.dataSource()));
        server.setHandler(new GracefulHandler(application));
        server.setStopTimeout(STOP_MILLISECONDS);
        run(server);
        return new SampleServer(uri, options.databaseUrl(), database.dataSource(), List.copyOf(undo));
    }

    /** Where the application begins, with a slash at the end: {@code http://localhost:8080/sample/}. */
    public URI uri() {
        return uri;
    }

    public int port() {
        return uri.getPort();
    }

    /** The database the application uses, open until this server is closed. */
    public DataSource dataSource() {
        return dataSource;
    }

    public String databaseUrl() {
        return databaseUrl;
    }

    /** Lets requests under way finish, for five seconds at most, and closes the database. */
    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }

    private static int listen(Server server, int port, List<Runnable> undo) throws StartException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
        undo.add(connector::close);
        try {
            connector.open();
        } catch (IOException e) {
            throw new StartException(
                    "port " + port + " of " + HOST + " is taken: choose another with --port, or 0 for any free one", e);
        }
        return connector.getLocalPort();
    }

    private static Path unpack(Path war, Path directory) throws StartException {
        if (Files.isDirectory(war)) {
            return war;
        }
        try {
            Path unpacked = Files.createDirectory(directory.resolve("application"));
            WarFiles.unpack(war, unpacked);
            return unpacked;
        } catch (IOException e) {
            throw new StartException("the WAR " + war + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static SampleDatabase open(Options options, Path unpacked) throws StartException {
        try {
            return SampleDatabase.open(
                    options.databaseUrl(), unpacked.resolve("WEB-INF/sql/schema.sql"), options.users());
        } catch (SQLException | IOException e) {
            throw new StartException(
                    "the database " + options.printableDatabaseUrl() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static WebAppContext deploy(Path unpacked, Path directory, DataSource accounts) throws StartException {
        try {
            Path temporary = Files.createDirectory(directory.resolve("jetty"));
            return Application.deploy(unpacked, temporary, accounts);
        } catch (IOException | NamingException e) {
            throw new StartException("the application cannot be deployed: " + e.getMessage(), e);
        }
    }

    private static void run(Server server) throws StartException {
        try {
            server.start();
        } catch (Exception e) {
            throw new StartException("the application does not start: " + reason(e), e);
        }
    }

    /** What the application itself said, and if it said nothing, the message nearest to the cause that there is. */
    private static String reason(Throwable failure) {
        List<Throwable> chain =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        return chain.stream()
                .filter(ServletException.class::isInstance)
                .reduce((outer, inner) -> inner)
                .or(() ->
                        chain.stream().filter(link -> link.getMessage() != null).reduce((outer, inner) -> inner))
                .map(Throwable::getMessage)
                .orElseGet(failure::toString);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            System.err.println("The server did not stop cleanly: " + e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("sample-war").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
