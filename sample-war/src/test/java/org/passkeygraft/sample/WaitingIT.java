package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.passkeygraft.sample.launcher.OwnServer;

/** A flood of wrong passwords, which no limit stops, leaves threads to everybody else (T-124). */
class WaitingIT {
    /** Below what a server has, so that this flood could take all. */
    private static final int WORKERS = 120;

    private static final int ATTACKERS = 150;
    /** The target is a second on a machine at rest; where passwords take all threads, it is thirty. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger networks = new AtomicInteger();
    private final ConcurrentLinkedQueue<HttpResponse<String>> refusals = new ConcurrentLinkedQueue<>();

    @Test
    void t124_answersPagesAndPasskeysWhileWrongPasswordsPourIn() throws Exception {
        try (OwnServer server = OwnServer.prepare(RunningSample.war(), WORKERS, DoorServlets.all())
                .graft()
                .with(Map.of(
                        "passkey.throttle.enabled", "true",
                        "passkey.proxy.trusted", "127.0.0.1, ::1"))
                .start()) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            CountDownLatch ended = new CountDownLatch(1);
            // Not to measure how long the pages take to be compiled.
            attackOnce(client, server);
            wait(client, request(server, "who").GET().build());
            wait(client, post(server, "passkey/logon/options", "application/json", "{}"));
            ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
            List<Future<Object>> attacks = new ArrayList<>();
            try {
                for (int i = 0; i < ATTACKERS; i++) {
                    attacks.add(attackers.submit(() -> attack(client, server, ended)));
                }
                Thread.sleep(5000);
                List<Duration> waits = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    waits.add(wait(client, request(server, "who").GET().build()));
                    waits.add(wait(client, post(server, "passkey/logon/options", "application/json", "{}")));
                }
                assertThat(waits).allMatch(wait -> wait.compareTo(SOON) < 0);
            } finally {
                ended.countDown();
                attackers.shutdown();
            }
            for (Future<Object> attack : attacks) {
                attack.get(60, TimeUnit.SECONDS);
            }
            assertThat(refusals)
                    .extracting(HttpResponse::statusCode)
                    .contains(401, 503)
                    .containsOnly(401, 503);
            assertThat(refusals)
                    .filteredOn(refusal -> refusal.statusCode() == 503)
                    .allMatch(refusal ->
                            refusal.headers().firstValue("Retry-After").isPresent());
        }
    }

    private Object attack(HttpClient client, OwnServer server, CountDownLatch ended) throws Exception {
        while (!ended.await(250, TimeUnit.MILLISECONDS)) {
            attackOnce(client, server);
        }
        return refusals;
    }

    private void attackOnce(HttpClient client, OwnServer server) throws Exception {
        String form = "username=nobody" + networks.incrementAndGet() + "&password=wrong";
        refusals.add(client.send(
                post(server, "passkey/logon/password", "application/x-www-form-urlencoded", form),
                BodyHandlers.ofString()));
    }

    private static Duration wait(HttpClient client, HttpRequest request) throws Exception {
        long before = System.nanoTime();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private HttpRequest post(OwnServer server, String path, String type, String body) {
        return request(server, path)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(OwnServer server, String path) {
        String network = Integer.toHexString(networks.incrementAndGet());
        return HttpRequest.newBuilder(server.uri().resolve(path))
                .header("X-Forwarded-For", "2001:db8:1:" + network + "::1")
                .header("Origin", new SampleClient(server.uri()).origin());
    }
}
