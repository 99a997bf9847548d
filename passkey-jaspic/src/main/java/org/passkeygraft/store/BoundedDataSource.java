package org.passkeygraft.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.passkeygraft.Places;
import org.passkeygraft.UnavailableException;

/**
 * A data source at which only a bounded number of threads may wait for a connection, however long the pool lets them: a
 * database that does not answer does not take all threads (T-124). A connection that is in use takes no place.
 */
record BoundedDataSource(DataSource pool, Places places) implements DataSource {
    /** Asks the pool for a connection. */
    @FunctionalInterface
    private interface Request {
        Connection connection() throws SQLException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connection(pool::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return connection(() -> pool.getConnection(username, password));
    }

    private Connection connection(Request request) throws SQLException {
        Places.Place place = place();
        try {
            return request.connection();
        } finally {
            place.close();
        }
    }

    private Places.Place place() throws SQLException {
        try {
            return places.take();
        } catch (UnavailableException busy) {
            throw new SQLTransientConnectionException(busy.getMessage(), busy);
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        pool.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.isWrapperFor(type);
    }
}
