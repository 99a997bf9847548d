package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real nginx with the lines of docs/servers.md: it shows an application below /portal/app. */
final class Nginx {
    private static final Path DOCUMENT = Path.of("..", "docs", "servers.md");
    private static final Pattern LINES = Pattern.compile("```nginx\\R(location /portal/app/ .*?)```", Pattern.DOTALL);
    private static final long PATIENCE_SECONDS = 20;

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    private Nginx(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Chooses a free port; nothing listens there yet.
     *
     * @param directory for its files
     */
    static Nginx prepare(Path directory) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            return new Nginx(directory, free.getLocalPort());
        }
    }

    /** Starts it in front of an application, whose address and path take the place of those in the document. */
    void leadTo(URI application) throws IOException, InterruptedException {
        String context = application.getPath().replaceFirst("/$", "");
        String lines = documented()
                .replace("http://127.0.0.1:8080/app/", application.toString())
                .replace("proxy_redirect /app/", "proxy_redirect " + context + '/')
                .replace("proxy_cookie_path /app ", "proxy_cookie_path " + context + ' ');
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), configuration(lines));
        process = new ProcessBuilder(program(), "-p", directory.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!listens()) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("nginx listens: %s", Files.readString(directory.resolve("output.log")))
                    .isTrue();
            Thread.sleep(50);
        }
    }

    private static String documented() throws IOException {
        Matcher lines = LINES.matcher(Files.readString(DOCUMENT));
        assertThat(lines.find()).as("lines for nginx in %s", DOCUMENT).isTrue();
        return lines.group(1);
    }

    private String configuration(String lines) {
        return """
                %4$s
                daemon off;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen localhost:%2$d;
                        %3$s
                    }
                }
                """.formatted(
                        directory, port, lines, "root".equals(System.getProperty("user.name")) ? "user root;" : "");
    }

    /** Debian keeps it where only the path of root leads. */
    private static String program() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("nginx");
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    String origin() {
        return "http://localhost:" + port;
    }

    URI uri() {
        return URI.create(origin() + "/portal/app/");
    }

    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }
}
