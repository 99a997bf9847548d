package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as it was before: without the graft's jars and its properties file. */
final class UngraftedApplicationIT {
    @TempDir
    static Path directory;

    private static @Nullable RunningWar running;
    private static URI application = URI.create("");

    @BeforeAll
    static void start() throws Exception {
        Path plain = directory.resolve("plain.war");
        Archives.copyWithout(UngraftedApplicationIT::isGraft, Archives.war(), plain);
        running = RunningWar.start(plain, directory, "--port", "0", "--data", directory.toString());
        application = running.address();
    }

    @AfterAll
    static void stop() throws Exception {
        if (running != null) {
            running.close();
        }
    }

    private static boolean isGraft(String name) {
        return name.equals("WEB-INF/passkey.properties")
                || (name.startsWith("WEB-INF/lib/") && !name.contains("jakarta.servlet.jsp.jstl"));
    }

    @Test
    void publicPagesNeedNoLogon() throws Exception {
        Visitor visitor = new Visitor(application);

        assertThat(visitor.get("").body()).contains("<h1>Harbour Office</h1>", "Log in");
        assertThat(visitor.get("public/page").body()).contains("This page is public.");
        assertThat(visitor.get("api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aLogonLeadsToTheSecretPageThatWasAskedFor() throws Exception {
        Visitor bob = new Visitor(application);

        assertThat(bob.get("secret/page").body()).contains("j_security_check").doesNotContain("SECRET");
        assertThat(logOn(bob, "bob", "bob")).contains("SECRET");
        assertThat(bob.get("api/me").body()).isEqualTo("{\"name\": \"bob\", \"roles\": [\"user\"]}");
    }

    @Test
    void theAdministratorsPageIsForAdministrators() throws Exception {
        Visitor alice = new Visitor(application);
        alice.get("admin/page");
        assertThat(logOn(alice, "alice", "alice")).contains("Carol Crane");
        assertThat(alice.get("api/me").body()).isEqualTo("{\"name\": \"alice\", \"roles\": [\"admin\", \"user\"]}");

        Visitor bob = new Visitor(application);
        bob.get("secret/page");
        logOn(bob, "bob", "bob");
        assertThat(bob.get("admin/page").statusCode()).isEqualTo(403);
        assertThat(bob.get("admin/page").body()).doesNotContain("Carol Crane");
    }

    @Test
    void aWrongPasswordAndALockedAccountAreRefused() throws Exception {
        Visitor visitor = new Visitor(application);
        visitor.get("secret/page");

        assertThat(logOn(visitor, "bob", "alice")).contains("do not belong together");
        assertThat(logOn(visitor, "carol", "carol")).contains("do not belong together");
        assertThat(logOn(visitor, "nobody", "nobody")).contains("do not belong together");
        assertThat(visitor.get("api/me").statusCode()).isEqualTo(401);
    }

    @Test
    void theLogOutLinkLogsOut() throws Exception {
        Visitor bob = new Visitor(application);
        bob.get("secret/page");
        logOn(bob, "bob", "bob");
        assertThat(bob.get("api/me").statusCode()).isEqualTo(200);

        assertThat(bob.get("logout").body()).contains("Log in");
        assertThat(bob.get("api/me").statusCode()).isEqualTo(401);
    }

    private static String logOn(Visitor visitor, String name, String password) throws Exception {
        return visitor.post("j_security_check", "j_username=" + name + "&j_password=" + password)
                .body();
    }
}
