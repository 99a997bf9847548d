package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** T-60 through a proxy with a shared cache: what a caller got is nobody else's, before and after the log-out. */
class SharedCacheIT {
    private static Variant unconstrained;

    @BeforeAll
    static void prepare() throws Exception {
        unconstrained = Variant.of(RunningSample.war()).withoutConstraints();
    }

    @AfterAll
    static void clean() {
        unconstrained.close();
    }

    @ParameterizedTest
    @CsvSource({"module, private", "filter, no-store"})
    void t60_noSharedCacheKeepsAnAnswerBehindALogon(String door, String caching) throws Exception {
        try (OwnServer server = server(door, caching);
                SharedCache cache = SharedCache.before(server.uri())) {
            SampleClient bob = bob(server, cache);
            int before = cache.size();
            for (String path :
                    new String[] {"secret/answer", "secret/answer?cache=public,%20max-age=600", "secret/who"}) {
                assertThat(bob.visit(path).status()).isEqualTo(200);
                assertThat(cache.size()).as(path).isEqualTo(before);
            }
            SampleClient sameCookies = bob.copy();
            SampleClient direct = new SampleClient(server.uri());
            direct.cookies().putAll(bob.cookies());
            assertThat(direct.submit("passkey/logout", Map.of()).status()).isEqualTo(303);

            for (SampleClient next : new SampleClient[] {sameCookies, new SampleClient(cache.uri())}) {
                Answer page = next.visit("secret/who");
                assertThat(page.status()).isEqualTo(302);
                assertThat(page.body()).doesNotContain("bob");
            }
        }
    }

    @Test
    void t60_unchangedAnswersStillDependOnTheCookie() throws Exception {
        try (OwnServer server = server("module", "unchanged");
                SharedCache cache = SharedCache.before(server.uri())) {
            SampleClient bob = bob(server, cache);
            int before = cache.size();
            Answer page = bob.visit("secret/answer?cache=public");
            assertThat(page.headers("Cache-Control")).containsExactly("public");
            assertThat(cache.size()).as("the application allows it").isEqualTo(before + 1);

            assertThat(new SampleClient(cache.uri())
                            .visit("secret/answer?cache=public")
                            .status())
                    .as("without bob's cookie")
                    .isEqualTo(302);
        }
    }

    /** The challenge must not answer those who are logged on, nor the page those who are not. */
    @Test
    void t60_theWayToTheLogonIsNotStored() throws Exception {
        try (OwnServer server = server("module", "private");
                SharedCache cache = SharedCache.before(server.uri())) {
            Answer challenge = new SampleClient(cache.uri()).visit("secret/who");
            assertThat(challenge.header("Cache-Control")).isEqualTo("no-store");
            assertThat(challenge.header("Vary")).isEqualTo("Cookie");
            new SampleClient(cache.uri()).fetch("secret/who");
            new SampleClient(cache.uri()).visit("passkey/logon");

            assertThat(cache.size()).isZero();
            assertThat(bob(server, cache).visit("secret/who").status()).isEqualTo(200);
        }
    }

    private static OwnServer server(String door, String caching) throws Exception {
        boolean module = door.equals("module");
        OwnServer server = OwnServer.prepare(
                        module ? RunningSample.war() : unconstrained.directory(), 8, DoorServlets.all())
                .with("passkey.http.cache", caching);
        return module
                ? server.graft().start()
                : server.with("passkey.protect.1.pattern", "/secret/*").start();
    }

    /** Logged on behind the cache. */
    private static SampleClient bob(OwnServer server, SharedCache cache) {
        SampleClient direct = new SampleClient(server.uri());
        assertThat(direct.logOn("bob", "bob").status()).isEqualTo(303);
        SampleClient behind = new SampleClient(cache.uri());
        behind.cookies().putAll(direct.cookies());
        return behind;
    }
}
