package org.passkeygraft.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.passkeygraft.sample.launcher.Options;
import org.passkeygraft.sample.launcher.SampleServer;

/** The real sample on a free port, from the WAR that was just built, with a database of its own. */
final class RunningSample implements AutoCloseable {
    private final SampleServer server;

    private RunningSample(SampleServer server) {
        this.server = server;
    }

    static RunningSample start() throws Exception {
        return start(options());
    }

    static RunningSample start(Options options) throws Exception {
        return start(war(), options);
    }

    /** From a WAR, or a directory it was unpacked into. */
    static RunningSample start(Path application, Options options) throws Exception {
        return new RunningSample(SampleServer.start(application, options));
    }

    /** A free port, a new database, no throttle: what most tests want. */
    static Options options() throws IOException {
        return Options.defaults()
                .withPort(0)
                .withData(Files.createTempDirectory("sample"))
                .withoutThrottle();
    }

    static Path war() {
        return Path.of(System.getProperty("sample.war", "target/sample-war"));
    }

    SampleServer server() {
        return server;
    }

    SampleClient newBrowser() {
        return new SampleClient(server.uri());
    }

    @Override
    public void close() {
        server.close();
    }
}
