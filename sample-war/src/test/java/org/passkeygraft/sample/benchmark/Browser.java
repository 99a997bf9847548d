package org.passkeygraft.sample.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One keep-alive connection with cookies, as thin as can be: the machine should be the server's. */
final class Browser implements AutoCloseable {
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final URI base;
    private final String headers;
    private Socket socket;
    private InputStream in;
    private long usedAt;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Browser(URI base) throws IOException {
        this.base = base;
        String origin = base.getScheme() + "://" + base.getAuthority();
        this.headers = "Host: " + base.getAuthority() + "\r\nOrigin: " + origin
                + "\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\nUser-Agent: benchmark\r\n";
        this.socket = connect();
        this.in = new BufferedInputStream(socket.getInputStream());
        this.usedAt = System.nanoTime();
    }

    private Socket connect() throws IOException {
        Socket connected = new Socket(base.getHost(), base.getPort());
        connected.setTcpNoDelay(true);
        return connected;
    }

    /** Servers close what rests for 30 seconds, as a connection does while others are measured. */
    private void reconnectIfRested() throws IOException {
        if (System.nanoTime() - usedAt > LONGEST_REST.toNanos()) {
            socket.close();
            socket = connect();
            in = new BufferedInputStream(socket.getInputStream());
        }
        usedAt = System.nanoTime();
    }

    /** What came back. */
    record Answer(int status, String body) {
        String orFail(int expected) {
            if (status != expected) {
                throw new IllegalStateException(status + " " + body);
            }
            return body;
        }
    }

    /** As a new browser would come next. */
    void forgetCookies() {
        cookies.clear();
    }

    Answer get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    Answer post(String path, String json) throws IOException {
        return send("POST", path, "application/json", json);
    }

    Answer submit(String path, String form) throws IOException {
        return send("POST", path, "application/x-www-form-urlencoded", form);
    }

    private Answer send(String method, String path, String type, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(base.getPath()).append(path).append(" HTTP/1.1\r\n");
        head.append(headers);
        if (!cookies.isEmpty()) {
            head.append("Cookie: ")
                    .append(cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")))
                    .append("\r\n");
        }
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        reconnectIfRested();
        socket.getOutputStream().write(request);
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equals("chunked");
                case "set-cookie" -> keep(value);
                default -> {
                    // not needed
                }
            }
        }
        return new Answer(status, chunked ? chunks() : text(length));
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            body.append(text(length));
            line();
        }
        line();
        return body.toString();
    }

    private void keep(String setCookie) {
        String[] pair = setCookie.split(";", 2)[0].split("=", 2);
        cookies.remove(pair[0]);
        if (!pair[1].isEmpty()) {
            cookies.put(pair[0], pair[1]);
        }
    }

    private String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
