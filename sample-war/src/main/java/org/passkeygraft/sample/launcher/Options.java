package org.passkeygraft.sample.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the sample is to run.
 *
 * @param port 0 to 65535; 0 takes any free one
 * @param data where the H2 database lies if no {@code database} is named
 * @param database JDBC URL of H2 or PostgreSQL, or null for the file in {@code data}
 * @param users how many numbered users there are to be beside the demo users, 0 to 10,000,000
 * @param throttled whether failed logons are slowed down
 * @param parameters context parameters that win over those of web.xml and over the properties file
 */
public record Options(
        int port, Path data, @Nullable String database, int users, boolean throttled, Map<String, String> parameters) {
    static final String USAGE = """
            Usage: java -jar sample-war.war [options]

              --port N        listen on this port of localhost; 0 takes any free one (8080)
              --data DIR      keep the embedded H2 database in this directory (~/.passkey-sample)
              --db JDBC-URL   use this H2 or PostgreSQL database instead
              --users N       have users user1 to userN too, role user, password "password" (0)
              --no-throttle   do not slow down failed logons
              --help          print this text
            """;

    private static final int MOST_PORTS = 65_535;
    private static final int MOST_USERS = 10_000_000;

    public Options {
        requireRange("port", port, MOST_PORTS);
        requireRange("users", users, MOST_USERS);
        if (database != null && !database.startsWith("jdbc:h2:") && !database.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("database is " + database + ": only H2 and PostgreSQL are known");
        }
        data = data.toAbsolutePath().normalize();
        parameters = Map.copyOf(parameters);
    }

    /** Port 8080, the H2 file below the user's home, the demo users only, throttled. */
    public static Options defaults() {
        Path data = Path.of(System.getProperty("user.home", "."), ".passkey-sample");
        return new Options(8080, data, null, 0, true, Map.of());
    }

    /**
     * Reads a command line.
     *
     * @throws UsageException for an unknown option or a bad value; the message is one line
     */
    public static Options parse(String... arguments) throws UsageException {
        Options options = defaults();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            options = switch (option) {
                case "--port" -> options.withPort(number(option, rest, MOST_PORTS));
                case "--data" -> options.withData(directory(option, rest));
                case "--db" -> options.withDatabase(jdbcUrl(option, rest));
                case "--users" -> options.withUsers(number(option, rest, MOST_USERS));
                case "--no-throttle" -> options.withoutThrottle();
                default -> throw new UsageException("unknown option " + option + ": --help lists the options");
            };
        }
        return options;
    }

    public Options withPort(int newPort) {
        return new Options(newPort, data, database, users, throttled, parameters);
    }

    public Options withData(Path newData) {
        return new Options(port, newData, database, users, throttled, parameters);
    }

    public Options withDatabase(String newDatabase) {
        return new Options(port, data, newDatabase, users, throttled, parameters);
    }

    public Options withUsers(int newUsers) {
        return new Options(port, data, database, newUsers, throttled, parameters);
    }

    public Options withoutThrottle() {
        return new Options(port, data, database, users, false, parameters);
    }

    /** Adds a context parameter of the web application, such as a setting of the graft. */
    public Options withParameter(String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return new Options(port, data, database, users, throttled, more);
    }

    /** The JDBC URL in force: the one given, or that of the H2 file in the data directory. */
    public String databaseUrl() {
        String file = data.resolve("sample").toString().replace(";", "\\;");
        return database == null ? "jdbc:h2:file:" + file + ";WRITE_DELAY=0" : database;
    }

    /** The JDBC URL without its parameters, among which may be a password. */
    String printableDatabaseUrl() {
        return databaseUrl().replaceFirst("(?<!\\\\)[;?].*", "");
    }

    private static void requireRange(String what, int number, int most) {
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(what + " is " + number + ": 0 to " + most + " are possible");
        }
    }

    private static int number(String option, Iterator<String> rest, int most) throws UsageException {
        String value = value(option, rest);
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw new UsageException(option + " is \"" + value + "\": write a number from 0 to " + most);
    }

    private static Path directory(String option, Iterator<String> rest) throws UsageException {
        String value = value(option, rest);
        try {
            Path directory = Path.of(value);
            if (!Files.exists(directory) || Files.isDirectory(directory)) {
                return directory;
            }
        } catch (InvalidPathException e) {
            // said below, like the path of a file
        }
        throw new UsageException(option + " is \"" + value + "\": write the path of a directory");
    }

    private static String jdbcUrl(String option, Iterator<String> rest) throws UsageException {
        String value = value(option, rest);
        if (!value.startsWith("jdbc:h2:") && !value.startsWith("jdbc:postgresql:")) {
            throw new UsageException(
                    option + " is not the URL of a known database: write jdbc:h2:… or jdbc:postgresql:…");
        }
        return value;
    }

    private static String value(String option, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value: --help lists the options");
        }
        return rest.next();
    }
}
