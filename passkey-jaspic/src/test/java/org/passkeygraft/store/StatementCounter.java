package org.passkeygraft.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/**
 * Counts what a database is asked, whoever asks: the configuration names a URL of this driver instead of the real one.
 */
public final class StatementCounter {
    private static final Map<String, StatementCounter> COUNTERS = new ConcurrentHashMap<>();
    private static final String PREFIX = "jdbc:counted:";

    static {
        try {
            DriverManager.registerDriver(new CountingDriver());
        } catch (SQLException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Database.Url counted;
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();

    private StatementCounter(Database.Url real) {
        String url = PREFIX + real.url().substring("jdbc:".length());
        this.counted = new Database.Url(url, real.user(), real.password());
        COUNTERS.put(url, this);
    }

    public static StatementCounter of(Database.Url real) {
        return new StatementCounter(real);
    }

    /** What to configure. */
    public Database.Url database() {
        return counted;
    }

    /** Forgets what was asked so far. */
    public void reset() {
        statements.clear();
        commits.set(0);
    }

    /** The SQL of every statement since, in order. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** How many transactions were committed since; a statement outside any is not one. */
    public int commits() {
        return commits.get();
    }

    private Connection around(Connection real) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("commit")) {
                commits.incrementAndGet();
            }
            Object result = call(real, method, arguments);
            if (result instanceof PreparedStatement prepared) {
                return around(PreparedStatement.class, prepared, (String) arguments[0]);
            }
            return result instanceof Statement plain ? around(Statement.class, plain, "") : result;
        });
    }

    private <T extends Statement> T around(Class<T> type, T real, String sql) {
        return proxy(type, (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.add(sql.isEmpty() ? (String) arguments[0] : sql);
            }
            return call(real, method, arguments);
        });
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class CountingDriver implements Driver {
        @Override
        public @Nullable Connection connect(String url, Properties info) throws SQLException {
            StatementCounter counter = COUNTERS.get(url);
            if (counter == null) {
                return null;
            }
            return counter.around(DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info));
        }

        @Override
        public boolean acceptsURL(String url) {
            return COUNTERS.containsKey(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger(StatementCounter.class.getName());
        }
    }
}
