package org.passkeygraft.sample.benchmark;

import java.io.IOException;
import java.time.Duration;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** A running server with one passkey, and what a browser does to it. Used by one thread. */
final class Contestant implements AutoCloseable {
    private final String name;
    private final String prefix;
    private final SoftwareAuthenticator device;
    private ServerProcess server;
    private Browser browser;

    private Contestant(String name, String prefix, SoftwareAuthenticator device, ServerProcess server)
            throws IOException {
        this.name = name;
        this.prefix = prefix;
        this.device = device;
        this.server = server;
        this.browser = new Browser(server.uri());
    }

    /** The least that a logon can cost. */
    static Contestant floor(String name, ServerProcess server) throws IOException, CeremonyRefusedException {
        Contestant floor = new Contestant(name, "", SoftwareAuthenticator.synced(), server);
        String options = floor.browser.post("registration/options", "{}").orFail(200);
        floor.browser
                .post("registration", floor.device.create(options, floor.origin()))
                .orFail(200);
        return floor;
    }

    /** The sample with the graft. */
    static Contestant graft(String name, ServerProcess server) throws IOException, CeremonyRefusedException {
        Contestant graft = new Contestant(name, "passkey/logon/", SoftwareAuthenticator.synced(), server);
        graft.browser
                .submit("passkey/logon/password", "username=alice&password=alice")
                .orFail(200);
        String options = graft.browser
                .post("passkey/passkeys/options", "{\"name\":\"Benchmark\"}")
                .orFail(200);
        graft.browser
                .post("passkey/passkeys", graft.device.create(options, graft.origin()))
                .orFail(201);
        return graft;
    }

    String name() {
        return name;
    }

    ServerProcess server() {
        return server;
    }

    private String origin() {
        return "http://" + server.uri().getAuthority();
    }

    /** Goes on with the same passkey on a server that was started anew. */
    void moveTo(ServerProcess another) throws IOException {
        browser.close();
        server = another;
        browser = new Browser(server.uri());
    }

    String options() throws IOException {
        return browser.post(prefix + "options", "{}").orFail(200);
    }

    /** Options and answer, each time as a browser without cookies. */
    void logOn() throws IOException, CeremonyRefusedException {
        browser.forgetCookies();
        browser.post(prefix + "assertion", device.get(options(), origin())).orFail(200);
    }

    /** As {@link #logOn}, with a signature that does not fit. */
    void logOnForged() throws IOException {
        browser.forgetCookies();
        browser.post(prefix + "assertion", device.lying().signedByAnotherKey().get(options(), origin()))
                .orFail(401);
    }

    /** An answer, well shaped, to a ceremony that nobody began. */
    void answerNothing(String answer) throws IOException {
        browser.forgetCookies();
        browser.post(prefix + "assertion", answer);
    }

    /** Something for {@link #answerNothing}. */
    String answer() throws IOException, CeremonyRefusedException {
        return device.get(options(), origin());
    }

    /** Options by a browser that keeps none of them. */
    void beginOnly() throws IOException {
        browser.forgetCookies();
        options();
    }

    void post(String path) throws IOException {
        browser.forgetCookies();
        browser.post(path, "{}");
    }

    void get(String path) throws IOException {
        browser.get(path).orFail(200);
    }

    /** How long the browser waited for options and answer together, its own signature not counted. */
    Duration timeLogOn() throws IOException, CeremonyRefusedException {
        browser.forgetCookies();
        long start = System.nanoTime();
        String options = options();
        long begun = System.nanoTime() - start;
        String answer = device.get(options, origin());
        start = System.nanoTime();
        browser.post(prefix + "assertion", answer).orFail(200);
        return Duration.ofNanos(begun + System.nanoTime() - start);
    }

    @Override
    public void close() throws IOException {
        browser.close();
        server.close();
    }
}
