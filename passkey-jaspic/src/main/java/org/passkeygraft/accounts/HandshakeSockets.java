package org.passkeygraft.accounts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets for one StartTLS handshake, each read of which may take five seconds: JNDI's own time-outs do not hold there. For
 * one thread.
 */
final class HandshakeSockets extends SSLSocketFactory {
    private static final int PATIENCE_MILLIS = 5_000;

    private final SSLSocketFactory sockets;
    private @Nullable Socket made;

    HandshakeSockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /** From here on JNDI waits for answers, and reads ahead while there is no question. */
    void handshakeIsOver() throws IOException {
        if (made != null) {
            made.setSoTimeout(0);
        }
    }

    private Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        made = socket;
        return socket;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return patient(sockets.createSocket(plain, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return patient(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return patient(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return patient(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return patient(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
