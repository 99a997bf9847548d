package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/**
 * T-130 over sockets without TLS, on one server: applications whose only origin is https, with each integration, and two that
 * ask for confidential transport themselves. What comes with {@link #ORIGIN} stands for a proxy where TLS ends.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlainHttpContract {
    private static final String ORIGIN = "https://localhost";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CONFIDENTIAL = Door.CONSTRAINTS.replaceFirst(
            "</auth-constraint>",
            "</auth-constraint><user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee>"
                    + "</user-data-constraint>");

    private final ServerKind kind;
    private final ContractDatabase database = ContractDatabase.start();
    private final Path directory = Directories.create("plain-http");
    private @Nullable RunningServer server;

    PlainHttpContract(ServerKind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() {
        List<Deployment> deployments = new ArrayList<>();
        for (Door door : Door.values()) {
            deployments.add(deployment(door, door.title(), door.security(), false));
        }
        deployments.add(deployment(Door.MODULE, "confidential", CONFIDENTIAL + Door.FORM_LOGON, false));
        deployments.add(deployment(Door.MODULE, "annotated", Door.CONSTRAINTS, true));
        server = kind.start(
                ServerOptions.defaults().withWorkers(8).withJavaOptions("-Dpasskey.rp.origins=" + ORIGIN), deployments);
    }

    private Deployment deployment(Door door, String name, String security, boolean annotated) {
        String accounts = kind.name() + "_" + name;
        database.createAccounts(accounts);
        Map<String, String> settings = new TreeMap<>(Map.of(
                "passkey.store.url", database.url(accounts + "_store"),
                "passkey.accounts.url", database.url(accounts),
                "passkey.accounts.sql.by-name",
                        "select name as account_name, password_hash, not locked as usable from app_user where name = :name",
                "passkey.accounts.sql.groups", "select role from app_user_role where name = :name",
                "passkey.http.basic", "on",
                "passkey.proxy.trusted", door == Door.FILTER ? "127.0.0.1" : "192.0.2.1",
                "passkey.policy.offer-to-bind", "false"));
        settings.putAll(door.settings());
        if (door == Door.JAAS) {
            settings.remove("passkey.http.basic");
        }
        WarBuilder war =
                ContractServer.application(directory.resolve(name), security).graft(settings);
        if (annotated) {
            war.classes(ConfidentialServlet.class);
        }
        Path complete = door.complete(war, database.url(accounts)).build();
        return door.deployment("/" + name, complete, database.url(accounts))
                .withParameters(Map.of("passkey.rp.origins", ORIGIN));
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
    @ValueSource(strings = {"confidential", "annotated"})
    void t130_ourPagesAreAsConfidentialAsTheApplications(String name) {
        ScreenlessBrowser browser = browser(name);

        Answer page = browser.send(fromProxy(browser.request("passkey/logon"))
                .header("Accept", "text/html")
                .GET());

        assertThat(page.status()).isIn(301, 302, 303, 307);
        assertThat(page.location()).isEqualTo(ORIGIN + "/" + name + "/passkey/logon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confidential", "annotated"})
    void t130_aConfidentialApplicationTakesNoPasswordInClear(String name) {
        ScreenlessBrowser browser = browser(name);

        assertRefused(
                browser, browser.send(passwordFromProxy(browser, "passkey/logon/password", "username", "password")));
        assertRefused(
                browser, browser.send(passwordFromProxy(browser, "j_security_check", "j_username", "j_password")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "filter", "jaas"})
    void t130_aPageOfOursIsShownOnHttpsOnly(String name) {
        ScreenlessBrowser browser = browser(name);

        Answer redirect = browser.visit("passkey/reset?notice=expired");

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.location()).isEqualTo(ORIGIN + "/" + name + "/passkey/reset?notice=expired");
        assertThat(redirect.header("Set-Cookie")).startsWith("__Host-pk-").contains("; Secure");
        assertThat(browser.visit("passkey/reset?notice=expired").status())
                .as("with the cookie, which no browser sends in clear")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "filter", "jaas"})
    void t130_theApplicationsOwnLogonPageIsShownOnHttpsOnly(String name) {
        String page = name.equals("filter") ? "passkey/logon" : "login.jsp";

        assertThat(browser(name).visit(page).location()).isEqualTo(ORIGIN + "/" + name + "/" + page);
    }

    @Test
    void t130_theContainersWayToItsLogonPageLeadsToHttps() {
        assertThat(browser("jaas").visit("secret/page.jsp?a=1").location())
                .as("Tomcat forwards to the page, Jetty redirects")
                .isEqualTo(kind.isTomcat() ? ORIGIN + "/jaas/secret/page.jsp?a=1" : "/jaas/login.jsp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "filter"})
    void t130_aPasswordPostedInClearIsRefusedAndAudited(String name) {
        ScreenlessBrowser browser = browser(name);

        for (String[] form : new String[][] {
            {"passkey/logon/password", "username", "password"}, {"j_security_check", "j_username", "j_password"}
        }) {
            HttpRequest.Builder sent =
                    form(browser.request(form[0]), form[1], form[2]).header("Sec-Fetch-Site", "none");
            assertRefused(browser, browser.send(sent));
        }
        assertThat(browser.logOn("bob", "bob").status())
                .as("of a page on http, as browsers send it")
                .isEqualTo(403);
    }

    @Test
    void t130_aLogonByTheContainerInClearDoesNotHold() {
        ScreenlessBrowser browser = browser("jaas");
        browser.visit("secret/caller");
        browser.send(form(browser.request("j_security_check"), "j_username", "j_password"));

        assertThat(browser.fetch("secret/caller").body()).doesNotContain("caller=bob");
        assertThat(browser.fetch("public/caller").body()).startsWith("caller=- ");
        assertThat(log()).contains("IN_CLEAR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "filter", "jaas"})
    void t130_aLogonByTheApplicationInClearIsRefused(String name) {
        ScreenlessBrowser browser = browser(name);
        String login = "public/login?name=bob&password=bob";

        assertThat(browser.visit(login).body()).startsWith("refused caller=- ");
        assertThat(browser.send(fromProxy(browser.request(login)).GET()).body()).startsWith("caller=bob ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "filter"})
    void t130_basicInClearIsRefusedUnlessATrustedProxySaysHttps(String name) {
        ScreenlessBrowser machine = browser(name);

        assertThat(machine.send(basic(machine)).status()).isEqualTo(401);
        assertThat(machine.send(basic(machine).header("X-Forwarded-Proto", "https"))
                        .status())
                .as("the filter's application trusts this peer")
                .isEqualTo(name.equals("filter") ? 200 : 401);
        assertThat(log()).contains("IN_CLEAR");
    }

    @Test
    void t130_aTrustedProxyThatSaysHttpIsBelieved() {
        ScreenlessBrowser browser = browser("filter");

        assertRefused(
                browser,
                browser.send(passwordFromProxy(browser, "passkey/logon/password", "username", "password")
                        .header("X-Forwarded-Proto", "http")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "filter"})
    void t115_aPasswordFromASilentProxyLogsOn(String name) {
        ScreenlessBrowser browser = browser(name);

        Answer logon = browser.send(passwordFromProxy(browser, "passkey/logon/password", "username", "password"));

        assertThat(logon.status()).as(logon.body()).isEqualTo(200);
        assertThat(browser.fetch("secret/caller").body()).startsWith("caller=bob ");
    }

    private void assertRefused(ScreenlessBrowser browser, Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("https-required");
        assertThat(browser.fetch("public/caller").body()).startsWith("caller=- ");
        assertThat(log()).contains("IN_CLEAR");
    }

    private static HttpRequest.Builder basic(ScreenlessBrowser machine) {
        String credentials = Base64.getEncoder().encodeToString("bob:bob".getBytes(StandardCharsets.UTF_8));
        return machine.request("secret/caller")
                .header("Authorization", "Basic " + credentials)
                .GET();
    }

    private static HttpRequest.Builder passwordFromProxy(
            ScreenlessBrowser browser, String path, String name, String password) {
        return fromProxy(form(browser.request(path), name, password));
    }

    private static HttpRequest.Builder fromProxy(HttpRequest.Builder request) {
        return request.header("Origin", ORIGIN);
    }

    private static HttpRequest.Builder form(HttpRequest.Builder request, String name, String password) {
        return request.header("Accept", "application/json")
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(name + "=bob&" + password + "=bob"));
    }

    private ScreenlessBrowser browser(String name) {
        return new ScreenlessBrowser(Objects.requireNonNull(server).uri("/" + name));
    }

    private String log() {
        return Objects.requireNonNull(server).log();
    }
}
