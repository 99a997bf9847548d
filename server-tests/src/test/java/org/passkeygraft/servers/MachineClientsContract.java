package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.TomcatApplications.Site;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** An application with BASIC in its web.xml: its machine clients go on as before, its people get the logon page. */
abstract class MachineClientsContract {
    private static final String CHALLENGE = "Basic realm=\"contract\", charset=\"UTF-8\"";

    private final TomcatApplications applications;

    MachineClientsContract(TomcatApplications applications) {
        this.applications = applications;
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABASE", "TABLES"})
    void aHeaderIsEnoughForOneRequestAndLeavesNothingBehind(Site site) {
        DoorBrowser client = applications.browser(site);

        Answer answer = send(client, "secret/caller", "alice:alice");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("caller=alice remote=alice ").contains(" roles=admin+user+** ");
        assertThat(answer.headers("Set-Cookie")).isEmpty();
        assertThat(send(client, "admin/caller", "bob:bob").status()).isEqualTo(403);
        assertThat(send(client, "public/caller", "bob:bob").body()).startsWith("caller=bob ");
        assertThat(client.fetch("secret/caller").status()).isEqualTo(401);
        assertThat(client.visit("public/caller").body()).startsWith("caller=- ");
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABASE", "TABLES"})
    void aHeaderIsReadAsUtf8(Site site) {
        assertThat(send(
                                applications.browser(site),
                                "secret/caller",
                                TomcatApplications.UMLAUT + ":" + TomcatApplications.UMLAUT_PASSWORD)
                        .body())
                .startsWith("caller=" + TomcatApplications.UMLAUT + " ");
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABASE", "TABLES"})
    void aWrongPasswordIsAProblemAndAsksForARightOne(Site site) {
        for (String wrong : new String[] {"bob:wrong", "bob:", "nobody:bob", "bob"}) {
            Answer answer = send(applications.browser(site), "secret/caller", wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.code()).startsWith("authentication-");
            assertThat(answer.headers("WWW-Authenticate")).contains(CHALLENGE);
            assertThat(answer.headers("Set-Cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABASE", "TABLES"})
    void aPersonGetsTheLogonPageAndNeverThePromptOfABrowser(Site site) {
        DoorBrowser browser = applications.browser(site);

        Answer page = browser.visit("secret/page.jsp");
        Answer script = browser.fetch("secret/caller");

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.location()).contains(site.contextPath() + "/passkey/logon?to=");
        assertThat(page.headers("WWW-Authenticate")).isEmpty();
        assertThat(script.status()).isEqualTo(401);
        assertThat(script.code()).isEqualTo("authentication-required");
        assertThat(script.headers("WWW-Authenticate")).containsExactly("Passkey");
        assertThat(browser.logOnAt(page, "bob", "bob").status()).isEqualTo(303);
        assertThat(browser.visit("secret/page.jsp").body()).contains("SECRET page for bob");
    }

    @ParameterizedTest
    @EnumSource(names = {"DATABASE", "TABLES"})
    void aClientThatWaitsToBeAskedIsAsked(Site site) throws Exception {
        DoorBrowser addresses = applications.browser(site);
        Answer asked = addresses.send(addresses.request("secret/caller").header("Accept", "application/json"));
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.code()).isEqualTo("authentication-required");
        assertThat(asked.headers("WWW-Authenticate")).contains(CHALLENGE);
        HttpClient client = HttpClient.newBuilder()
                .authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication("bob", "bob".toCharArray());
                    }
                })
                .build();

        var answer = client.send(addresses.request("secret/caller").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).startsWith("caller=bob ");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    /** Proxies send forms so. */
    @ParameterizedTest
    @EnumSource(names = {"DATABASE", "TABLES"})
    void takesAFormThatDoesNotTellItsLength(Site site) {
        DoorBrowser browser = applications.browser(site);
        String form = "username=" + URLEncoder.encode(TomcatApplications.UMLAUT, UTF_8) + "&password="
                + URLEncoder.encode(TomcatApplications.UMLAUT_PASSWORD, UTF_8);

        Answer logon = browser.send(browser.request("passkey/logon/password")
                .header("Origin", browser.origin())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form.getBytes(UTF_8)))));

        assertThat(logon.status()).isEqualTo(303);
        assertThat(browser.visit("secret/caller").body()).startsWith("caller=" + TomcatApplications.UMLAUT + " ");
    }

    private static Answer send(DoorBrowser client, String path, String credentials) {
        return client.send(client.request(path)
                .header("Accept", "*/*")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8))));
    }
}
