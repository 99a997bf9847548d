package org.passkeygraft.store;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** Stands before PostgreSQL and refuses a client that brings options, as PgBouncer does, and passes on everything else. */
final class PoolerWithoutOptions implements AutoCloseable {
    private final Database.Url real;
    private final URI server;
    private final ServerSocket socket;
    private final AtomicInteger refused = new AtomicInteger();

    private PoolerWithoutOptions(Database.Url real) throws IOException {
        this.real = real;
        this.server = URI.create(real.url().substring("jdbc:".length()));
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static PoolerWithoutOptions before(Database.Url real) throws IOException {
        PoolerWithoutOptions pooler = new PoolerWithoutOptions(real);
        pooler.inBackground(pooler::accept);
        return pooler;
    }

    Database.Url database() {
        return new Database.Url(
                "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + server.getPath() + "?sslmode=disable",
                real.user(),
                real.password());
    }

    int refused() {
        return refused.get();
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket client = socket.accept();
            inBackground(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        int length = in.readInt();
        byte[] packet = in.readNBytes(length - Integer.BYTES);
        if (new String(packet, StandardCharsets.UTF_8).contains("\0options\0")) {
            refused.incrementAndGet();
            client.getOutputStream().write(refusal());
            client.close();
            return;
        }
        Socket database = new Socket(server.getHost(), server.getPort());
        DataOutputStream out = new DataOutputStream(database.getOutputStream());
        out.writeInt(length);
        out.write(packet);
        inBackground(() -> copy(database.getInputStream(), client.getOutputStream()));
        copy(in, out);
        database.close();
    }

    private static byte[] refusal() throws IOException {
        byte[] fields = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        out.writeByte('E');
        out.writeInt(fields.length + Integer.BYTES);
        out.write(fields);
        return message.toByteArray();
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        in.transferTo(out);
    }

    private void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                if (!socket.isClosed() && ended.getMessage() == null) {
                    throw new UncheckedIOException(ended);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
