package org.passkeygraft.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code java -jar} of the WAR, in a process and a temporary directory of its own. */
final class RunningWar implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path temporary;
    private final List<String> output = new ArrayList<>();

    private RunningWar(Process process, Path temporary) {
        this.process = process;
        this.temporary = temporary;
    }

    /** Starts it; errors go to the file {@code errors.txt} in {@code directory}. */
    static RunningWar start(Path war, Path directory, String... options) throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                war.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        return new RunningWar(process, temporary);
    }

    /** Waits for the address that it prints. */
    URI address() throws IOException {
        BufferedReader reader = process.inputReader(UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.add(line);
            if (line.startsWith("Stop it")) {
                break;
            }
        }
        return output.stream()
                .filter(line -> line.contains("http://"))
                .map(line -> URI.create(line.substring(line.indexOf("http://"))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no address in " + output));
    }

    /** What it printed until it said how to stop it. */
    List<String> output() {
        return output;
    }

    /** Waits for its end by itself. */
    int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    /** Asks it to stop, as a service manager does. */
    int stop() throws InterruptedException {
        process.destroy();
        return status();
    }

    /** Where its temporary files are while it runs. */
    Path temporary() {
        return temporary;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
