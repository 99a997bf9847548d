package org.passkeygraft.accounts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.Problem;
import org.passkeygraft.store.TransactionPooling;

/** One of the configured queries, tried out. */
final class AccountQuery {
    private static final Logger LOG = System.getLogger(AccountQuery.class.getName());
    private static final int TIMEOUT_SECONDS = 10;
    private static final String PROBE = "0";

    private final String key;
    private final NamedSql query;
    private final Set<String> columns;

    private AccountQuery(String key, NamedSql query, Set<String> columns) {
        this.key = key;
        this.query = query;
        this.columns = Set.copyOf(columns);
    }

    /**
     * Lets the database look at the query without running it.
     *
     * @param key what the query is configured by
     * @param parameters the names it may use
     * @param columns the labels it must give
     * @throws ConfigurationException if the database does not understand it, or it gives something else
     * @throws SQLException if the database cannot be asked
     */
    static AccountQuery prepare(
            Connection connection, String key, String text, List<String> parameters, List<String> columns)
            throws SQLException {
        NamedSql query = parse(key, text, parameters);
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            bind(statement, query, Map.of("name", PROBE, "key", PROBE));
            Set<String> given = AccountRow.columns(statement.getMetaData());
            for (String column : columns) {
                if (!given.contains(column)) {
                    throw refused(key, text, "give it a column " + column);
                }
            }
            return new AccountQuery(key, query, given);
        } catch (SQLException e) {
            if (isOutage(e) || TransactionPooling.remedy(e).isPresent()) {
                throw e;
            }
            throw refused(key, text, "the database does not take it: " + e.getMessage());
        }
    }

    boolean givesKey() {
        return columns.contains(AccountRow.KEY);
    }

    /** Warns if this query, which decides whether an account may be used, does not tell: a lock would not count. */
    void warnUnlessUsable() {
        if (!columns.contains(AccountRow.USABLE)) {
            LOG.log(
                    Level.WARNING,
                    "{0} gives no column usable: an account that is locked in the table logs on with its passkey all the"
                            + " same; give it the column, such as \"enabled as usable\", or \"1 as usable\" if no account"
                            + " is ever locked",
                    key);
        }
    }

    /** The one row there is. More than one is a mistake in the query or the table: nobody is let in. */
    Optional<AccountRow> account(Connection connection, Map<String, String> arguments) throws SQLException {
        try (PreparedStatement statement = statement(connection, arguments)) {
            statement.setMaxRows(2);
            return onlyRow(statement);
        } catch (SQLException e) {
            // Class 22, data exception: what was typed does not fit the column, so no account has it.
            if (String.valueOf(e.getSQLState()).startsWith("22")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<AccountRow> onlyRow(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            AccountRow row = AccountRow.of(rows);
            if (rows.next()) {
                LOG.log(
                        Level.WARNING,
                        "{0} gives more than one row for account {1}: nobody is let in",
                        key,
                        TypedName.oneLine(row.account().name()));
                return Optional.empty();
            }
            return Optional.of(row);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "{0} gives a row that is no account: {1}", key, e.getMessage());
            return Optional.empty();
        }
    }

    /** The first column of every row, without the blanks around it, as Tomcat's own realm reads roles. */
    Set<String> texts(Connection connection, Map<String, String> arguments) throws SQLException {
        try (PreparedStatement statement = statement(connection, arguments);
                ResultSet rows = statement.executeQuery()) {
            Set<String> texts = new HashSet<>();
            while (rows.next()) {
                Optional.ofNullable(rows.getString(1))
                        .map(String::trim)
                        .filter(text -> !text.isBlank())
                        .ifPresent(texts::add);
            }
            return texts;
        }
    }

    private PreparedStatement statement(Connection connection, Map<String, String> arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.sql());
        try {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            bind(statement, query, arguments);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, NamedSql query, Map<String, String> arguments)
            throws SQLException {
        int index = 1;
        for (String parameter : query.parameters()) {
            statement.setString(index++, arguments.get(parameter));
        }
    }

    private static NamedSql parse(String key, String text, List<String> parameters) {
        try {
            return NamedSql.parse(text, parameters);
        } catch (IllegalArgumentException e) {
            throw refused(key, text, String.valueOf(e.getMessage()));
        }
    }

    /** Class 08, connection exception, and what drivers count among the transient. */
    private static boolean isOutage(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("08")
                || e instanceof SQLTransientException
                || e instanceof SQLRecoverableException;
    }

    static ConfigurationException refused(String key, String query, String remedy) {
        return new ConfigurationException(List.of(new Problem(key, query, remedy.replaceAll("\\s+", " "))));
    }

    static ConfigurationException missing(String key, String remedy) {
        return new ConfigurationException(List.of(new Problem(key, null, remedy)));
    }
}
