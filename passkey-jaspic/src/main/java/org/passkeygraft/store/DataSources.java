package org.passkeygraft.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.passkeygraft.Places;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** Reaches databases: the container's by name, others through a small pool that gives up rather than hang. */
public final class DataSources {
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);
    private static final int MOST_CONNECTIONS = 10;
    /** Well below the 200 threads that servers have for requests. */
    private static final int MAX_WAITING = 80;
    /** A crowd is gone after that time, unless the database hangs. */
    private static final Duration WAIT_FOR_PLACE = Duration.ofMillis(250);

    private static final String ENVIRONMENT = "java:comp/env/";
    private static final String OPTIONS = "options";
    private static final String POSTGRES_OPTIONS =
            "-c statement_timeout=10s -c lock_timeout=5s -c default_transaction_isolation=read\\ committed";
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final System.Logger LOG = System.getLogger(DataSources.class.getName());

    private DataSources() {}

    /**
     * Opens a database. A connection is made at once, except where the container owns the data source.
     *
     * @param name tells the pools of one JVM apart, such as the context path
     * @throws UnavailableException if there is no such name, no driver, or no answer within some seconds
     */
    public static OpenedDataSource open(Database database, String name) {
        OpenedDataSource reached = reach(database, name);
        Places waiting = new Places(
                MAX_WAITING,
                WAIT_FOR_PLACE,
                "too many threads are waiting for a connection to " + reached.description());
        return new OpenedDataSource(
                new BoundedDataSource(reached.dataSource(), waiting), reached.close(), reached.description());
    }

    private static OpenedDataSource reach(Database database, String name) {
        if (database instanceof Database.Jndi jndi) {
            return new OpenedDataSource(lookUp(jndi.name()), () -> {}, "JNDI " + jndi.name());
        }
        if (database instanceof Database.Embedded embedded) {
            EmbeddedDatabase file = EmbeddedDatabase.in(embedded.directory());
            HikariConfig config = pool(file.url(), name);
            // The file closes with its last connection.
            config.setMaxLifetime(0);
            return opened(config, file.description());
        }
        return opened(pool((Database.Url) database, name), withoutParameters(((Database.Url) database).url()));
    }

    private static HikariConfig pool(Database.Url database, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("passkey " + name);
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password().text());
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        Drivers.accepting(database.url(), DataSources.class.getClassLoader())
                .ifPresent(driver -> config.setDriverClassName(driver.getClass().getName()));
        if (isPostgres(config)) {
            giveUpInTime(config);
        } else {
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        }
        return config;
    }

    /** PostgreSQL waits for ever by default: for a host that is gone, for a lock, for a slow disk. */
    private static void giveUpInTime(HikariConfig config) {
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "20");
        // Told while connecting, and not by SET: behind a pooler the next client would inherit what was set.
        config.addDataSourceProperty(OPTIONS, POSTGRES_OPTIONS);
    }

    // Hikari throws a type of its own, but also whatever the driver or a wrong setting makes it throw.
    private static OpenedDataSource opened(HikariConfig config, String description) {
        try {
            HikariDataSource pool = started(config);
            return new OpenedDataSource(pool, pool::close, description);
        } catch (RuntimeException failure) {
            throw new UnavailableException(
                    "the database " + description + " cannot be reached: " + failure.getMessage(), failure);
        }
    }

    private static HikariDataSource started(HikariConfig config) {
        AtomicReference<HikariDataSource> started = new AtomicReference<>();
        config.setExceptionOverride(new LostServer(
                config.getJdbcUrl(),
                () -> Optional.ofNullable(started.get())
                        .ifPresent(pool -> pool.getHikariPoolMXBean().softEvictConnections())));
        HikariDataSource pool = withOptionsIfAllowed(config);
        started.set(pool);
        return pool;
    }

    private static HikariDataSource withOptionsIfAllowed(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException refused) {
            if (!isPostgres(config) || !refusesOptions(refused)) {
                throw refused;
            }
            return new HikariDataSource(withoutOptions(config));
        }
    }

    private static boolean isPostgres(HikariConfig config) {
        return config.getJdbcUrl().startsWith("jdbc:postgresql:");
    }

    /** PgBouncer lets no options through unless it is told to. */
    private static boolean refusesOptions(RuntimeException failure) {
        return SqlStates.of(failure)
                .anyMatch(sql -> PROTOCOL_VIOLATION.equals(sql.getSQLState())
                        && String.valueOf(sql.getMessage()).contains("startup parameter"));
    }

    private static HikariConfig withoutOptions(HikariConfig config) {
        LOG.log(
                System.Logger.Level.WARNING,
                "a pooler stands before {0} and takes no limits from clients: set statement_timeout and lock_timeout for"
                        + " the database user (docs/database.md)",
                withoutParameters(config.getJdbcUrl()));
        HikariConfig plain = new HikariConfig();
        config.copyStateTo(plain);
        plain.getDataSourceProperties().remove(OPTIONS);
        return plain;
    }

    private static String withoutParameters(String url) {
        return url.split("[?;]", 2)[0];
    }

    private static DataSource lookUp(String name) {
        try {
            return (DataSource) find(new InitialContext(), name);
        } catch (NamingException | ClassCastException failure) {
            throw new UnavailableException(
                    name + " is not the JNDI name of a data source: declare it in the server, or set the URL instead",
                    failure);
        }
    }

    @SuppressWarnings("BanJNDI") // the name comes from the configuration, never from a request
    private static Object find(InitialContext context, String name) throws NamingException {
        try {
            return context.lookup(name);
        } catch (NameNotFoundException notGlobal) {
            if (name.startsWith("java:")) {
                throw notGlobal;
            }
            return context.lookup(ENVIRONMENT + name);
        }
    }
}
