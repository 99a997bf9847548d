package org.passkeygraft.servers.wars;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.servers.WarBuilder;

/** What the archive to drop in can clash with: only what {@code docs/grafting-libraries.md} says. */
class LibrariesOfTheGraftIT {
    @TempDir
    Path directory;

    @BeforeEach
    void unpack() {
        WarBuilder.inDirectory(directory).graft(java.util.Map.of());
    }

    @Test
    void besideOurJarsThereAreOnlyH2AndJstl() throws IOException {
        assertThat(jars("").map(jar -> jar.getFileName().toString().replaceAll("-\\d.*", "")))
                .containsExactlyInAnyOrder(
                        "passkey-jaspic",
                        "passkey-web",
                        "h2",
                        "jakarta.servlet.jsp.jstl",
                        "jakarta.servlet.jsp.jstl-api");
    }

    @Test
    void everyClassOfOurJarsIsUnderANameOfOurs() throws IOException {
        for (Path jar : jars("passkey-").toList()) {
            assertThat(entries(jar))
                    .filteredOn(entry -> entry.endsWith(".class"))
                    .hasSizeGreaterThan(10)
                    .allMatch(entry -> entry.startsWith("org/passkeygraft/"));
        }
    }

    @Test
    void ourJarsRegisterNothingButTheInitializer() throws IOException {
        for (Path jar : jars("passkey-").toList()) {
            assertThat(entries(jar).stream()
                            .filter(entry -> entry.startsWith("META-INF/services/"))
                            .map(entry -> entry.substring("META-INF/services/".length()))
                            .filter(service -> !service.isEmpty() && !service.startsWith("org.passkeygraft."))
                            .collect(toSet()))
                    .isSubsetOf("jakarta.servlet.ServletContainerInitializer");
            assertThat(entries(jar)).doesNotContain("META-INF/persistence.xml", "META-INF/orm.xml", "logback.xml");
        }
    }

    private Stream<Path> jars(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("WEB-INF/lib"))) {
            return files.filter(jar -> jar.getFileName().toString().startsWith(prefix)).toList().stream();
        }
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).collect(toSet());
        }
    }
}
