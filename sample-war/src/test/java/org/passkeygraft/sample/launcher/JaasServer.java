package org.passkeygraft.sample.launcher;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.DefaultIdentityService;
import org.eclipse.jetty.security.jaas.JAASLoginService;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.passkeygraft.sample.AccountModule;

/**
 * The sample behind the FORM of its web.xml and a JAAS realm of Jetty's, without any Jakarta Authentication: our
 * LoginModule from WEB-INF/lib, the application's own one in WEB-INF/classes.
 */
public final class JaasServer implements AutoCloseable {
    private static final Class<?>[] OF_THE_APPLICATION = {
        AccountModule.class, AccountModule.User.class, AccountModule.Role.class
    };

    private final Path directory;
    private final SampleDatabase database;
    private final Server server;
    private final URI uri;

    private JaasServer(Path directory, SampleDatabase database, Server server, URI uri) {
        this.directory = directory;
        this.database = database;
        this.server = server;
        this.uri = uri;
    }

    /** Starts it with these lines of the JAAS entry, and these settings beside door and origin. */
    public static JaasServer start(Path war, Map<String, String> settings, AppConfigurationEntry... entry)
            throws Exception {
        return start(war, settings, Map.of(), entry);
    }

    /** The same with servlets of the test's beside the application's, by their paths. */
    public static JaasServer start(
            Path war, Map<String, String> settings, Map<String, Servlet> servlets, AppConfigurationEntry... entry)
            throws Exception {
        Path directory = Files.createTempDirectory("jaas-server").toRealPath();
        Path unpacked = OwnServer.unpacked(war, directory);
        addModule(unpacked);
        SampleDatabase database = SampleDatabase.open(
                "jdbc:h2:file:" + directory.resolve("sample"), unpacked.resolve("WEB-INF/sql/schema.sql"), 0);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("localhost");
        server.addConnector(connector);
        connector.open();
        URI uri = URI.create("http://localhost:" + connector.getLocalPort() + "/sample/");

        WebAppContext application =
                Application.deploy(unpacked, Files.createDirectory(directory.resolve("jetty")), database.dataSource());
        Graft.configure(application, uri, false);
        application.setInitParameter("passkey.door", "jaas");
        settings.forEach(application::setInitParameter);
        servlets.forEach((path, servlet) -> application.addServlet(new ServletHolder(servlet), path));
        server.addBean(realm(entry));
        server.setHandler(application);
        JaasServer started = new JaasServer(directory, database, server, uri);
        try {
            server.start();
        } catch (Exception refused) {
            started.close();
            throw refused;
        }
        return started;
    }

    private static JAASLoginService realm(AppConfigurationEntry... entry) {
        JAASLoginService realm = new JAASLoginService("sample");
        realm.setLoginModuleName("sample");
        realm.setRoleClassNames(
                new String[] {"org.passkeygraft.jaas.GroupPrincipal", AccountModule.Role.class.getName()});
        realm.setIdentityService(new DefaultIdentityService());
        realm.setConfiguration(new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return entry.clone();
            }
        });
        return realm;
    }

    /** Puts the application's own LoginModule into it. */
    public static void addModule(Path application) throws IOException {
        for (Class<?> type : OF_THE_APPLICATION) {
            copy(type, application.resolve("WEB-INF/classes"));
        }
    }

    private static void copy(Class<?> type, Path classes) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream content = type.getResourceAsStream("/" + name)) {
            Files.copy(content, target);
        }
    }

    public URI uri() {
        return uri;
    }

    public DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the server did not stop", failure);
        } finally {
            server.destroy();
            for (var connector : server.getConnectors()) {
                ((ServerConnector) connector).close();
            }
            database.close();
            WarFiles.delete(directory);
        }
    }
}
