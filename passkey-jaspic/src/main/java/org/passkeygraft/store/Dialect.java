package org.passkeygraft.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.passkeygraft.UnavailableException;

/** The databases the store runs on. */
enum Dialect {
    H2("H2", "h2", UtcH2Platform.class),
    POSTGRESQL("PostgreSQL", "postgresql", UtcPostgreSqlPlatform.class);

    private final String product;
    private final String folder;
    private final Class<?> platform;

    Dialect(String product, String folder, Class<?> platform) {
        this.product = product;
        this.folder = folder;
        this.platform = platform;
    }

    /** Asks the database itself: a JNDI name does not say. */
    static Dialect of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return named(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException failure) {
            throw new UnavailableException(
                    "the database of the store cannot be used: " + failure.getMessage(), failure);
        }
    }

    private static Dialect named(String product) throws SQLException {
        for (Dialect dialect : values()) {
            if (dialect.product.equals(product)) {
                return dialect;
            }
        }
        throw new SQLFeatureNotSupportedException("the store runs on H2 and PostgreSQL, not on " + product);
    }

    /** Where its scripts are, below {@code sql} in the project and {@code org/passkeygraft/sql} in the jar. */
    String folder() {
        return folder;
    }

    String platform() {
        return platform.getName();
    }
}
