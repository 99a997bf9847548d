package org.passkeygraft.sample.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a virtual machine of its own, whose use of the processor is counted from outside. */
final class ServerProcess implements AutoCloseable {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");
    private static final long TICK_MILLISECONDS = 10;

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts one and returns when it says where it is. Options of the JVM come from the property bench.jvm. */
    static ServerProcess start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx512m"));
        String more = System.getProperty("bench.jvm", "");
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split(" ", -1)));
        }
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader reader = process.inputReader(UTF_8);
        URI uri = null;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains("http://")) {
                uri = URI.create(line.substring(line.indexOf("http://")));
            }
            if (line.startsWith("Stop it") && uri != null) {
                return new ServerProcess(process, uri);
            }
        }
        throw new IllegalStateException(command + " did not start, see " + log);
    }

    URI uri() {
        return uri;
    }

    /** Of all its threads since its start, counted in 10 ms. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The same without the just-in-time compiler, which goes on for long on a busy machine; on Linux only. */
    Duration cpuWithoutCompiler() {
        return cpu().minusMillis(TICK_MILLISECONDS * compilerTicks());
    }

    private long compilerTicks() {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return 0;
        }
        try (Stream<Path> each = Files.list(threads)) {
            return each.map(ServerProcess::stat)
                    .filter(stat -> COMPILER.matcher(stat).find())
                    .mapToLong(ServerProcess::ticks)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for a thread that has just ended. */
    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** Fields 14 and 15 of proc(5), user and system time; the thread's name, in parentheses, is the second. */
    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** Bytes of live objects, after a full collection. */
    long liveBytes() {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(JAVA).resolveSibling("jcmd").toString(),
                            Long.toString(process.pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String last = "";
            BufferedReader reader = jcmd.inputReader(UTF_8);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line.startsWith("Total") ? line : last;
            }
            return Long.parseLong(last.strip().split(" +", -1)[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
