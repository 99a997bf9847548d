package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-97: the server is killed while callers bind and log on; what it answered as done is there after the next start. */
class KilledServerIT {
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/sample/");
    private static final int USERS = 12;

    @TempDir
    Path data;

    @Test
    void t97_aKilledServerLosesNothingThatItAnswered() throws Exception {
        List<SoftwareAuthenticator> bound = new ArrayList<>();
        int kills = "full".equals(System.getProperty("passkey.tests")) ? USERS : 2;
        for (int kill = 0; kill < kills; kill++) {
            int first = kill * USERS / kills;
            int last = (kill + 1) * USERS / kills;
            killed(uri -> {
                assertAllLogOn(uri, bound);
                for (int user = first; user < last; user++) {
                    bound.add(boundBy(uri, "user" + (user + 1)));
                }
            });
        }
        killed(uri -> assertAllLogOn(uri, bound));
    }

    private static SoftwareAuthenticator boundBy(URI uri, String user) {
        SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
        SampleClient browser = new SampleClient(uri);
        browser.logOn(user, "password");
        assertThat(browser.bind(device, "Key").status()).isEqualTo(201);
        assertThat(new SampleClient(uri).logOn(device).status()).isEqualTo(200);
        return device;
    }

    /** The devices count: a logon that got lost would show as a counter that goes on, one that came back as a clone. */
    private static void assertAllLogOn(URI uri, List<SoftwareAuthenticator> devices) {
        for (SoftwareAuthenticator device : devices) {
            Answer logon = new SampleClient(uri).logOn(device);
            assertThat(logon.status()).as(logon.body()).isEqualTo(200);
        }
    }

    private void killed(Work work) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("sample.war"),
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "--users",
                        Integer.toString(USERS),
                        "--no-throttle")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            work.on(address(output));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static URI address(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return URI.create(address.group());
            }
        }
        throw new IllegalStateException("the server did not start");
    }

    /** What is done until the server is killed, at once after its last answer. */
    @FunctionalInterface
    private interface Work {
        void on(URI uri);
    }
}
