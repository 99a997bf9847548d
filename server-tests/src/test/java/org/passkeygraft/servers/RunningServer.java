package org.passkeygraft.servers;

import java.net.URI;

/** A server that answers on {@code localhost} until it is closed. */
public interface RunningServer extends AutoCloseable {
    int port();

    /** What the server and its applications logged up to now, to be shown by a test that failed. */
    String log();

    /** Where an application begins, with a slash at the end. */
    default URI uri(String contextPath) {
        return URI.create("http://localhost:" + port() + contextPath + "/");
    }

    @Override
    void close();
}
