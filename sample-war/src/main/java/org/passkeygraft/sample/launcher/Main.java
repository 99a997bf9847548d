package org.passkeygraft.sample.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The command line of the sample. */
public final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** Held on to, because a logger that nobody holds forgets its level. */
    private static final Logger SERVER_LOG = Logger.getLogger("org.eclipse.jetty");

    /** Warns of schemas it misses and nobody needs, at every start. */
    private static final Logger SCHEMA_LOG = Logger.getLogger("org.apache.tomcat.util.descriptor.DigesterFactory");

    /** Says a dozen things about the passkey tables that are news to nobody who only wants to try this. */
    private static final Logger MIGRATION_LOG = Logger.getLogger("org.passkeygraft.relocated.flywaydb");

    private final Path launcher;
    private volatile @Nullable SampleServer server;

    private Main(Path launcher) {
        this.launcher = launcher;
    }

    /**
     * Runs the application until the virtual machine is asked to stop; called by {@link Bootstrap}.
     *
     * @param launcher the temporary directory this very class comes from, removed at the end
     */
    public static void run(Path war, Path launcher, String... arguments) {
        quieten();
        Main main = new Main(launcher);
        Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop"));
        int status = main.start(war, arguments);
        if (status != DONE) {
            System.exit(status);
        }
    }

    private int start(Path war, String... arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return DONE;
        }
        try {
            Options options = Options.parse(arguments);
            SampleServer started = SampleServer.start(war, options);
            server = started;
            System.out.print(greeting(started, options));
            return DONE;
        } catch (UsageException e) {
            System.err.println("sample-war: " + e.getMessage());
            return MISUSED;
        } catch (StartException e) {
            System.err.println("sample-war: " + e.getMessage());
            return FAILED;
        }
    }

    private void stop() {
        SampleServer running = server;
        if (running != null) {
            running.close();
        }
        WarFiles.delete(launcher);
    }

    private static String greeting(SampleServer server, Options options) {
        StringBuilder text = new StringBuilder();
        text.append("Harbour Office runs at ").append(server.uri()).append('\n');
        text.append("Database: ").append(options.printableDatabaseUrl()).append('\n');
        text.append("Users, as name/password (roles):\n");
        for (DemoUser user : DemoUser.ALL) {
            text.append("  ").append(user).append('\n');
        }
        if (options.users() > 0) {
            text.append("  user1/password to user%d/password (user)%n".formatted(options.users()));
        }
        return text.append("Stop it with Ctrl+C.\n").toString();
    }

    private static void quieten() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            SERVER_LOG.setLevel(Level.WARNING);
            SCHEMA_LOG.setLevel(Level.SEVERE);
            MIGRATION_LOG.setLevel(Level.SEVERE);
        }
    }
}
