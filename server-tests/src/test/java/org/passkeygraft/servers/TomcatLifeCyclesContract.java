package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.servers.LifeCycleSite.assertIsAlice;
import static org.passkeygraft.servers.LifeCycleSite.logOn;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.ServerOptions.TomcatUser;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/**
 * Every way in which Tomcat stops an application and starts it again, by its manager (T-131): the module decides as before,
 * or the answer is 503. One start of one server for all tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TomcatLifeCyclesContract {
    private static final String MANAGER = "operator";
    private static final String VERSIONS = "/versions";
    private static final String LATE = "/late";
    private static final int SHOWN_OF_THE_LOG = 6_000;

    private final ServerKind kind;
    private final Path directory = Directories.create("life-cycles");
    private final ContractDatabase database = ContractDatabase.start();
    private TomcatServer server;

    @RegisterExtension
    final TestExecutionExceptionHandler logOfTheServer = (context, failure) -> {
        String log = server.log();
        failure.addSuppressed(new AssertionError(
                "the server logged:\n" + log.substring(Math.max(0, log.length() - SHOWN_OF_THE_LOG))));
        throw failure;
    };

    TomcatLifeCyclesContract(ServerKind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() {
        database.createAccounts("accounts");
        List<Deployment> deployments = new ArrayList<>();
        deployments.add(Deployment.of("/manager", kind.home().resolve("webapps/manager")));
        for (LifeCycleSite site : LifeCycleSite.values()) {
            deployments.add(Deployment.of(site.contextPath(), war(site, "first")));
        }
        deployments.add(Deployment.of(
                LATE, LifeCycleSite.FORM.plain(directory.resolve("late")).build()));
        server = (TomcatServer) kind.start(
                ServerOptions.defaults()
                        .withTomcatUsers(Map.of(
                                MANAGER,
                                new TomcatUser(MANAGER, List.of("manager-script")),
                                LifeCycleSite.STRANGER,
                                new TomcatUser(LifeCycleSite.STRANGER, List.of("user", "admin")))),
                deployments);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        database.close();
        Directories.delete(directory);
    }

    @ParameterizedTest
    @EnumSource
    void t131_reloadedApplicationAsksTheModule(LifeCycleSite site) {
        DoorBrowser alice = site.browser(server);
        logOn(alice);

        manage("reload", site.contextPath());
        manage("reload", site.contextPath());
        site.assertProtected(server);
        assertIsAlice(alice);
    }

    @Test
    void t131_stoppedApplicationServesNothingAndStartsProtected() {
        LifeCycleSite site = LifeCycleSite.FORM;
        DoorBrowser alice = site.browser(server);
        logOn(alice);

        manage("stop", site.contextPath());
        assertThat(alice.visit("secret/caller").status()).isIn(404, 503);
        site.assertStrangerStaysOut(server);
        manage("start", site.contextPath());

        assertIsAlice(alice);
        site.assertProtected(server);
    }

    @Test
    void t131_redeployedApplicationAsksTheModule() {
        LifeCycleSite site = LifeCycleSite.NONE;
        logOn(site.browser(server));

        manage("undeploy", site.contextPath());
        deploy(site.contextPath(), war(site, "second"), "");
        deploy(site.contextPath(), war(site, "third"), "&update=true");
        site.assertProtected(server);
    }

    @Test
    void t131_failedStartServesNothingAndTheRetryIsProtected() throws IOException {
        LifeCycleSite site = LifeCycleSite.BASIC;
        DoorBrowser alice = site.browser(server);
        logOn(alice);
        Path properties = directory.resolve("first" + site.contextPath() + "/WEB-INF/passkey.properties");
        String right = Files.readString(properties);

        Files.writeString(properties, right + "passkey.ceremony.timeout=soon\n");
        send("reload?path=" + site.contextPath());
        assertThat(alice.visit("secret/caller").status()).isIn(404, 503);
        site.assertStrangerStaysOut(server);

        Files.writeString(properties, right);
        manage("start", site.contextPath());
        site.assertProtected(server);
    }

    /** Tomcat keeps the authenticator of the application without the module, which never asks for one. */
    @Test
    void t131_applicationReloadedWithItsFirstModuleServesNobody() {
        DoorBrowser stranger = new DoorBrowser(server.uri(LATE));
        stranger.visit("secret/caller");
        stranger.submit(
                "j_security_check", Map.of("j_username", LifeCycleSite.STRANGER, "j_password", LifeCycleSite.STRANGER));
        assertThat(stranger.visit("secret/caller").body()).startsWith("caller=" + LifeCycleSite.STRANGER);

        LifeCycleSite.FORM.grafted(directory.resolve("late-graft"), database);
        Directories.copyInto(directory.resolve("late-graft/WEB-INF/lib"), directory.resolve("late/WEB-INF/lib"));
        Directories.copyInto(
                directory.resolve("late-graft/WEB-INF/passkey.properties"),
                directory.resolve("late/WEB-INF/passkey.properties"));
        manage("reload", LATE);

        DoorBrowser again = new DoorBrowser(server.uri(LATE));
        assertThat(again.visit("secret/caller").status()).isEqualTo(503);
        again.submit(
                "j_security_check", Map.of("j_username", LifeCycleSite.STRANGER, "j_password", LifeCycleSite.STRANGER));
        for (String page : List.of("secret/caller", "public/caller", "passkey/logon")) {
            assertThat(again.visit(page).status()).as(page).isEqualTo(503);
        }
        assertThat(server.log()).contains("does not ask the ServerAuthModule of Passkey Graft in " + LATE);
    }

    @Test
    void t131_versionsSideBySideAreEachProtected() {
        DoorBrowser first = version("1");
        logOn(first);
        DoorBrowser second = version("2");
        logOn(second);
        assertThat(second.visit("public/version.txt").body()).isEqualTo("2");
        assertIsAlice(first);
        assertThat(first.visit("public/version.txt").body()).isEqualTo("1");
        assertVersionsProtected();

        undeployVersion("1");
        assertIsAlice(second);
        assertVersionsProtected();

        DoorBrowser third = version("3");
        logOn(third);
        undeployVersion("3");
        assertIsAlice(second);
        assertVersionsProtected();
        assertThat(second.visit("public/version.txt").body()).isEqualTo("2");
    }

    private void assertVersionsProtected() {
        DoorBrowser nobody = new DoorBrowser(server.uri(VERSIONS));
        assertThat(nobody.visit("secret/caller").location()).contains("/passkey/logon?to=");
        assertThat(LifeCycleSite.withHeader(nobody, "secret/caller").body()).doesNotContain("caller=");
    }

    /** Deploys a version and gives a browser for it. */
    private DoorBrowser version(String number) {
        Path war = LifeCycleSite.NONE
                .grafted(directory.resolve("version" + number), database)
                .file("public/version.txt", number)
                .build();
        deploy(VERSIONS, war, "&version=" + number);
        return new DoorBrowser(server.uri(VERSIONS));
    }

    private void undeployVersion(String number) {
        assertThat(send("undeploy?path=" + VERSIONS + "&version=" + number).body())
                .startsWith("OK -");
    }

    private Path war(LifeCycleSite site, String name) {
        return site.grafted(directory.resolve(name + site.contextPath()), database)
                // Sessions outlast the application, as they do where a server restarts.
                .file("META-INF/context.xml", "<Context><Manager pathname=\"SESSIONS.ser\"/></Context>")
                .build();
    }

    private void deploy(String contextPath, Path war, String options) {
        String url = URLEncoder.encode(war.toUri().toString().replaceFirst("/$", ""), StandardCharsets.UTF_8);
        assertThat(send("deploy?path=" + contextPath + "&war=" + url + options).body())
                .startsWith("OK -");
    }

    private void manage(String command, String contextPath) {
        assertThat(send(command + "?path=" + contextPath).body()).startsWith("OK -");
    }

    private Answer send(String command) {
        ScreenlessBrowser operator = new ScreenlessBrowser(URI.create("http://127.0.0.1:" + server.port() + "/"));
        String credentials =
                Base64.getEncoder().encodeToString((MANAGER + ":" + MANAGER).getBytes(StandardCharsets.UTF_8));
        return operator.send(
                operator.request("manager/text/" + command).header("Authorization", "Basic " + credentials));
    }
}
