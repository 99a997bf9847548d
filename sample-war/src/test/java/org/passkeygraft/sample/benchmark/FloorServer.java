package org.passkeygraft.sample.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.dbcp2.BasicDataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The least that a passkey logon can cost on this server: one servlet, plain JDBC, the WebAuthn library, on the same
 * Jetty with the same pool as the sample. Not an example to follow: it has no guards.
 */
final class FloorServer {
    private static final int MOST_CONNECTIONS = 20;

    private FloorServer() {}

    /** Runs until the process is ended; the argument is the JDBC URL. */
    public static void main(String[] arguments) throws Exception {
        BasicDataSource database = database(arguments[0]);
        create(database);
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("localhost");
        server.addConnector(connector);
        connector.open();
        String origin = "http://localhost:" + connector.getLocalPort();

        ServletContextHandler context = new ServletContextHandler("/floor", ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder(new FloorServlet(origin, database)), "/*");
        server.setHandler(context);
        server.start();
        System.out.println("Runs at " + origin + "/floor/");
        System.out.println("Stop it with Ctrl+C.");
        server.join();
    }

    private static BasicDataSource database(String url) {
        BasicDataSource database = new BasicDataSource();
        database.setUrl(url);
        if (url.startsWith("jdbc:h2:")) {
            database.setUsername("sa");
            database.setPassword("");
        }
        database.setMaxTotal(MOST_CONNECTIONS);
        database.setMaxIdle(MOST_CONNECTIONS);
        return database;
    }

    private static void create(BasicDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table if not exists floor_credential (
                        id             varchar(1364)  primary key,
                        owner          varchar(86)    not null,
                        name           varchar(100)   not null,
                        public_key     varchar(4000)  not null,
                        sign_count     bigint         not null,
                        backup_eligible  boolean      not null,
                        backed_up      boolean        not null,
                        last_used_at   timestamp
                    )""");
        }
    }
}
