package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.sample.launcher.JaasServer;
import org.passkeygraft.sample.launcher.OwnServer;
import org.passkeygraft.sample.launcher.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What an administrator sets holds for accounts that only a password tells of too: kinds container and jaas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RememberedPolicyIT {
    private static final String SECOND_FACTOR = "/sample/passkey/second-factor";

    private Variant constrained;
    private Variant open;
    private OwnServer container;
    private OwnServer jaasAtModule;
    private OwnServer jaasAtFilter;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Map<String, String> jaas = jaas(directory);
        constrained = Variant.of(RunningSample.war());
        JaasServer.addModule(constrained.directory());
        open = Variant.of(RunningSample.war()).withoutConstraints();
        JaasServer.addModule(open.directory());
        container = remembering(OwnServer.prepare(RunningSample.war(), 4, Map.of(), realm()))
                .with("passkey.accounts.kind", "container")
                .graft()
                .start();
        jaasAtModule = remembering(OwnServer.prepare(constrained.directory(), 4, Map.of()))
                .with(jaas)
                .graft()
                .start();
        jaasAtFilter = remembering(OwnServer.prepare(open.directory(), 4, Map.of()))
                .with(jaas)
                .with("passkey.protect.1.pattern", "/secret/*")
                .start();
    }

    private static OwnServer remembering(OwnServer server) {
        return server.with("passkey.accounts.remembered.maximum-age", "12h")
                .with("passkey.policy.custom-logon-suffixes", "branch");
    }

    private static HashLoginService realm() {
        UserStore users = new UserStore();
        users.addUser("alice", Credential.getCredential("alice"), new String[] {"user", "admin"});
        users.addUser("bob", Credential.getCredential("bob"), new String[] {"user"});
        HashLoginService realm = new HashLoginService();
        realm.setName("sample");
        realm.setUserStore(users);
        return realm;
    }

    private static Map<String, String> jaas(Path directory) throws Exception {
        Path entries = Files.writeString(directory.resolve("login.config"), """
                sample {
                  org.passkeygraft.sample.AccountModule required dataSource="java:comp/env/jdbc/sample";
                };
                """);
        return Map.of(
                "passkey.accounts.kind",
                "jaas",
                "passkey.accounts.jaas.entry",
                "sample",
                "passkey.accounts.jaas.file",
                entries.toString(),
                "passkey.accounts.jaas.role-classes",
                AccountModule.Role.class.getName());
    }

    @AfterAll
    void stop() {
        Stream.of(container, jaasAtModule, jaasAtFilter).forEach(OwnServer::close);
        constrained.close();
        open.close();
    }

    private Stream<OwnServer> servers() {
        return Stream.of(container, jaasAtModule, jaasAtFilter);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void thePasswordIsAskedForAfterThePasskeyAndItIsTheOwnersOwn(OwnServer server) {
        SoftwareAuthenticator device = bound(server);
        afterPasskey(server, true);
        try {
            SampleClient bob = new SampleClient(server.uri());
            assertThat(bob.logOn(device).text("location")).startsWith(SECOND_FACTOR);
            assertNobody(bob);
            assertThat(bob.visit("passkey/second-factor").body()).contains("bob", "type=\"password\"");
            for (String wrong : List.of("wrong", "alice", "")) {
                assertThat(byPassword(bob, wrong).status()).as(wrong).isEqualTo(401);
                assertNobody(bob);
            }

            assertThat(byPassword(bob, "bob").status()).isEqualTo(303);

            assertThat(bob.me()).isEqualTo("bob");
            assertThat(bob.visit("secret/page").body()).contains("SECRET");
            assertThat(new SampleClient(server.uri())
                            .change("passkey/second-factor/password", Map.of("password", "bob"))
                            .status())
                    .as("the password alone")
                    .isEqualTo(401);
        } finally {
            afterPasskey(server, false);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void aNameWithALogonSuffixIsTheUsers(OwnServer server) {
        SoftwareAuthenticator device = bound(server);
        for (String name : List.of("bob", "bob@branch", "bob@BRANCH")) {
            SampleClient browser = new SampleClient(server.uri());
            assertThat(browser.logOn(name, "bob").status()).as(name).isEqualTo(303);
            assertThat(browser.me()).as(name).isEqualTo("bob");
            assertThat(browser.visit("secret/page").body()).contains("SECRET");
            assertThat(new SampleClient(server.uri()).logOn(name, "alice").status())
                    .as(name)
                    .isEqualTo(401);

            SampleClient byPasskey = new SampleClient(server.uri());
            Answer options = byPasskey.post("passkey/logon/options", "{\"username\": \"" + name + "\"}");
            byPasskey.post("passkey/logon/assertion", byPasskey.assertion(device, options.body()));
            assertThat(byPasskey.me()).as(name).isEqualTo("bob");
        }
        for (String other : List.of("bob@other", "bob@branch@branch", "@branch", "bob@")) {
            assertThat(new SampleClient(server.uri()).logOn(other, "bob").status())
                    .as(other)
                    .isEqualTo(401);
        }
    }

    /** Bob's, who has no other from now on. */
    private static SoftwareAuthenticator bound(OwnServer server) {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        // Before his first logon nobody knows of him.
        new SampleClient(server.uri()).logOn("bob", "bob");
        SampleClient alice = alice(server);
        String bob = alice.change("passkey/admin/users", Map.of("name", "bob")).text("location");
        assertThat(alice.change(bob + "/passkeys/deletion", Map.of()).status()).isEqualTo(204);
        SampleClient browser = new SampleClient(server.uri());
        browser.logOn("bob", "bob");
        assertThat(browser.bind(device, "Phone").status()).isEqualTo(201);
        return device;
    }

    private static void afterPasskey(OwnServer server, boolean asked) {
        SampleClient alice = alice(server);
        Map<String, String> form = AdministrationIT.form(alice);
        form.put("second-factor-after-passkey", Boolean.toString(asked));
        Answer changed = alice.change("passkey/admin/settings", form);
        assertThat(changed.status()).as(changed.body()).isEqualTo(204);
    }

    private static Answer byPassword(SampleClient browser, String password) {
        return browser.submit("passkey/second-factor/password", Map.of("password", password));
    }

    private static void assertNobody(SampleClient browser) {
        assertThat(browser.me()).isEmpty();
        assertThat(browser.visit("secret/page").location()).contains("/passkey/logon?to=");
    }

    private static SampleClient alice(OwnServer server) {
        SampleClient alice = new SampleClient(server.uri());
        assertThat(alice.logOn("alice", "alice").status()).isEqualTo(303);
        return alice;
    }
}
