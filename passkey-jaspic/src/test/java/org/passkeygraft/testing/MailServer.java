package org.passkeygraft.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server in this JVM, on any free port. */
public final class MailServer implements AutoCloseable {
    private final BlockingQueue<Mail> arrived = new LinkedBlockingQueue<>();
    private final SMTPServer server;

    /**
     * A mail as it arrived.
     *
     * @param text head and body
     */
    public record Mail(String from, String to, String text) {}

    private MailServer(UnaryOperator<SMTPServer.Builder> with) {
        server = with.apply(SMTPServer.port(0)
                        .messageHandler((context, from, to, data) ->
                                arrived.add(new Mail(from, to, new String(data, StandardCharsets.UTF_8)))))
                .build();
        server.start();
    }

    /** Without encryption or logon. */
    public static MailServer plain() {
        return new MailServer(server -> server);
    }

    /** Takes mail after STARTTLS only, from whoever knows the password. */
    public static MailServer startTls(SSLContext identity, String user, String password) {
        return new MailServer(server -> server.requireTLS()
                .startTlsSocketFactory(identity)
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((name, secret, context) -> {
                    if (!name.equals(user) || !secret.equals(password)) {
                        throw new LoginFailedException();
                    }
                })));
    }

    /** Encrypted from the first byte. */
    public static MailServer tls(SSLContext identity) {
        return new MailServer(server -> server.serverSocketFactory(identity));
    }

    public int port() {
        return server.getPortAllocated();
    }

    /** The next mail, which may be under way. */
    public Mail next() throws InterruptedException {
        Mail mail = arrived.poll(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
        if (mail == null) {
            throw new IllegalStateException("no mail came");
        }
        return mail;
    }

    public boolean isEmpty() {
        return arrived.isEmpty();
    }

    @Override
    public void close() {
        server.stop();
    }
}
