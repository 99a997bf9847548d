package org.passkeygraft.servers.wars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build fetched for these tests: applications and libraries, as they were released. */
final class Artifacts {
    private static final Path WARS = Path.of(System.getProperty("wars.directory", "target/wars"));
    private static final Path NEIGHBOURS = Path.of(System.getProperty("neighbours.directory", "target/neighbours"));

    private Artifacts() {}

    /** The javax examples of Tomcat 9, unpacked. */
    static Path tomcat9Examples() {
        return WARS.resolve("apache-tomcat-" + System.getProperty("wars.tomcat9", "9.0.117"))
                .resolve("webapps/examples");
    }

    static Path jettyJaasTest() {
        return WARS.resolve("jetty-distribution-" + System.getProperty("wars.jetty9", "9.4.58.v20250814"))
                .resolve("demo-base/webapps/test-jaas.war");
    }

    /** The jars of one folder of neighbours. */
    static List<Path> neighbours(String folder) {
        try (Stream<Path> jars = Files.list(NEIGHBOURS.resolve(folder))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Makes a Jakarta application of a javax one, as an administrator would: Tomcat's tool, run on the whole of it. */
    static Path migrated(Path javax, Path jakarta) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        neighbours("migration").get(0).toString(),
                        javax.toString(),
                        jakarta.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IllegalStateException("the migration failed: " + said);
        }
        return jakarta;
    }
}
