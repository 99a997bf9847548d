package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DriversTest {
    private static final String SERVICES = "META-INF/services/java.sql.Driver";
    private static final Path H2 = Path.of(
            Objects.requireNonNull(org.h2.Driver.class.getProtectionDomain().getCodeSource())
                    .getLocation()
                    .getPath());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.NotThere",
                "not a class name",
                "com.example.NotThere\nalso not\norg.h2.Driver",
                "org.passkeygraft.store.DriversTest$NoDriver",
                "org.passkeygraft.store.DriversTest$FailingDriver",
            })
    void findsTheDriverBehindBrokenEntriesOfOthers(String entries) throws Exception {
        List<String> lines = new ArrayList<>();
        try (URLClassLoader loader = loader(entries)) {
            assertThat(logged(lines, () -> Drivers.accepting("jdbc:h2:mem:x", loader)))
                    .map(driver -> driver.getClass().getName())
                    .contains("org.h2.Driver");
        }

        assertThat(lines).hasSize(1).first().asString().contains("JDBC drivers that cannot be loaded");
    }

    @Test
    void findsTheDriverBehindAClassThatCannotBeRead() throws Exception {
        Path broken = folder.resolve("broken").resolve("com").resolve("example");
        Files.createDirectories(broken);
        Files.writeString(broken.resolve("Broken.class"), "no class file");

        try (URLClassLoader loader = loader("com.example.Broken")) {
            assertThat(Drivers.accepting("jdbc:h2:mem:x", loader)).isPresent();
        }
    }

    @Test
    void saysNothingWhereEveryEntryIsSound() throws Exception {
        List<String> lines = new ArrayList<>();
        try (URLClassLoader loader = loader("org.h2.Driver")) {
            assertThat(logged(lines, () -> Drivers.accepting("jdbc:none:x", loader)))
                    .isEmpty();
        }
        assertThat(lines).isEmpty();
    }

    /** The broken entries come first. */
    private URLClassLoader loader(String entries) throws IOException {
        Path file = folder.resolve("broken").resolve(SERVICES);
        Files.createDirectories(file.getParent());
        Files.writeString(file, entries + "\n");
        URL broken = folder.resolve("broken").toUri().toURL();
        URL tests = Objects.requireNonNull(
                DriversTest.class.getProtectionDomain().getCodeSource().getLocation());
        return new URLClassLoader(new URL[] {broken, H2.toUri().toURL(), tests}, ClassLoader.getPlatformClassLoader());
    }

    private static Optional<Driver> logged(List<String> lines, java.util.function.Supplier<Optional<Driver>> look) {
        Logger log = Logger.getLogger(Drivers.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            return look.get();
        } finally {
            log.removeHandler(handler);
        }
    }

    /** Is in the list by mistake. */
    public static final class NoDriver {}

    /** Cannot be made. */
    public static final class FailingDriver extends org.h2.Driver {
        public FailingDriver() {
            throw new IllegalStateException("no licence");
        }
    }
}
