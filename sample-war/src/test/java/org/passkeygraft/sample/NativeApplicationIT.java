package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** An Android application has passkeys of the site: its origin counts in ceremonies, and nowhere else. */
class NativeApplicationIT {
    private static final String WEB = "https://localhost";
    private static final String ANDROID = "android:apk-key-hash:" + "q".repeat(42) + "8";

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = RunningSample.start(RunningSample.options().withParameter("passkey.rp.origins", WEB + ", " + ANDROID));
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void logsOnFromAnAndroidApplication() throws Exception {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        SampleClient application = sample.newBrowser();
        assertThat(password(application, WEB).status()).isEqualTo(200);
        String options = json(application, "passkey/passkeys/options", "{\"name\": \"Phone\"}")
                .body();
        assertThat(json(application, "passkey/passkeys", device.create(options, WEB))
                        .status())
                .isEqualTo(201);

        SampleClient next = sample.newBrowser();
        String challenge = json(next, "passkey/logon/options", "{}").body();
        assertThat(json(
                                next,
                                "passkey/logon/assertion",
                                device.lying().withOrigin(ANDROID).get(challenge, WEB))
                        .status())
                .isEqualTo(200);

        String another = json(next, "passkey/logon/options", "{}").body();
        String otherKey = ANDROID.replace("qq8", "qw8");
        assertThat(json(
                                next,
                                "passkey/logon/assertion",
                                device.lying().withOrigin(otherKey).get(another, WEB))
                        .code())
                .isEqualTo("authentication-failed");
    }

    @Test
    void t54_aFormOfAnAndroidApplicationIsRefused() {
        assertThat(password(sample.newBrowser(), ANDROID).code()).isEqualTo("cross-origin");
    }

    private static Answer password(SampleClient client, String origin) {
        return client.send(client.request("passkey/logon/password")
                .header("Origin", origin)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=alice&password=alice")));
    }

    /** As an application sends it, which is no browser. */
    private static Answer json(SampleClient client, String path, String body) {
        return client.send(client.request(path)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
