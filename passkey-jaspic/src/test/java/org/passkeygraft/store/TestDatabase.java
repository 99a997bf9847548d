package org.passkeygraft.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/** The databases that every promise of the store is tested on. */
public enum TestDatabase {
    H2 {
        @Override
        public Database.Url fresh() {
            // Longer than a busy machine needs to bring together all who wait for one row.
            String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
            return new Database.Url(url, "sa", new Secret("secret"));
        }
    },
    POSTGRESQL {
        @Override
        public Database.Url fresh() {
            String name = "t" + UUID.randomUUID().toString().replace('-', '_');
            try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
            String url = "jdbc:postgresql://localhost:" + Server.POSTGRES.getPort() + "/" + name;
            return new Database.Url(url, "postgres", new Secret("postgres"));
        }
    };

    private static final Map<TestDatabase, PasskeyStore> STORES = new ConcurrentHashMap<>();

    /** A new, empty database. */
    public abstract Database.Url fresh();

    /** One open store for all tests that only add users of their own. */
    PasskeyStore store() {
        return STORES.computeIfAbsent(this, database -> Fixture.open(database.fresh()));
    }

    /** Started by whoever asks first, stopped with the JVM. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
