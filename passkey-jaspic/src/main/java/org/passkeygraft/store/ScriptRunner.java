package org.passkeygraft.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The only class that knows the migration library. The scripts are named to it, not searched for: each server has its own
 * idea of what a class path is.
 */
final class ScriptRunner {
    private static final String ROOT = "org/passkeygraft/sql/";

    private final DataSource dataSource;
    private final Dialect dialect;

    ScriptRunner(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /**
     * Runs the scripts that the history table does not know.
     *
     * @throws RuntimeException the library's own, if one fails or another server is at it
     */
    void run(List<String> names, String history) {
        ClassLoader ours = ScriptRunner.class.getClassLoader();
        LogFactory.setLogCreator(type -> new QuietLog(System.getLogger(type.getName())));
        Flyway.configure(ours)
                .dataSource(dataSource)
                .table(history)
                .resourceProvider(new Scripts(names, ours, ROOT + dialect.folder() + "/"))
                .javaMigrationClassProvider(List::of)
                .skipDefaultCallbacks(true)
                // The schema may be the application's own, full of its tables.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .cleanDisabled(true)
                .load()
                .migrate();
    }

    /** The scripts in our own jar. */
    private record Scripts(List<String> names, ClassLoader loader, String folder) implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return names.contains(name) ? new Script(loader, folder, name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return names.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                    .map(name -> (LoadableResource) new Script(loader, folder, name))
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final ClassLoader loader;
        private final String folder;
        private final String name;

        Script(ClassLoader loader, String folder, String name) {
            this.loader = loader;
            this.folder = folder;
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream content = Objects.requireNonNull(loader.getResourceAsStream(folder + name), folder + name);
            return new InputStreamReader(content, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return folder + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return folder + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }

    /** Everyday progress is worth a line only to somebody who looks for it. */
    private record QuietLog(System.Logger log) implements Log {
        @Override
        public void debug(String message) {
            log.log(System.Logger.Level.TRACE, message);
        }

        @Override
        public void info(String message) {
            log.log(System.Logger.Level.DEBUG, message);
        }

        @Override
        public void notice(String message) {
            log.log(System.Logger.Level.DEBUG, message);
        }

        @Override
        public void warn(String message) {
            log.log(System.Logger.Level.WARNING, message);
        }

        @Override
        public void error(String message) {
            log.log(System.Logger.Level.ERROR, message);
        }

        @Override
        public void error(String message, Exception failure) {
            log.log(System.Logger.Level.ERROR, message, failure);
        }
    }
}
