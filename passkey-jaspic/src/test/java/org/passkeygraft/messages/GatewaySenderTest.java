package org.passkeygraft.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.Contact;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.Messaging.Gateway;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;
import org.passkeygraft.spi.OneTimeCodeSender.Delivery;
import org.passkeygraft.spi.OneTimeCodeSender.Purpose;
import org.passkeygraft.testing.TestCertificate;
import org.passkeygraft.testing.TextGateway;

/** What a real HTTP server gets. */
final class GatewaySenderTest {
    private static final Contact ALICE = new Contact(Contact.Kind.MOBILE, "+491701234542");
    private static final String BODY = "{\"to\": \"{to}\", \"text\": \"{text}\", \"why\": \"{purpose}\"}";

    @TempDir
    static Path files;

    private static SSLContext certificate;
    private TextGateway gateway;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        certificate = TestCertificate.in(files).context();
    }

    @BeforeEach
    void start() {
        gateway = TextGateway.tls(certificate);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aTextArrivesAsJsonOverTls() throws Exception {
        sender("Bearer s3cret").send(new Delivery(ALICE, Purpose.CODE, "not used", "123456 is it"));

        TextGateway.Request request = gateway.next();
        assertThat(request.headers()).containsEntry("Authorization", List.of("Bearer s3cret"));
        assertThat(request.headers()).containsEntry("Content-type", List.of("application/json"));
        JsonObject body = parsed(request.body());
        assertThat(body.text("to")).contains("+491701234542");
        assertThat(body.text("text")).contains("123456 is it");
        assertThat(body.text("why")).contains("code");
    }

    @Test
    void nothingInATextCanChangeTheRequest() throws Exception {
        String hostile = "\"}, {\\ {to} {text} \n\u0000 “ü” \ud83d\udd11";
        sender("").send(new Delivery(ALICE, Purpose.NOTICE, "s", hostile));

        assertThat(parsed(gateway.next().body()).text("text")).contains(hostile);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void everyKindOfYesHasSent(int status) {
        gateway.answer(status);

        assertThatCode(() -> sender("").send(new Delivery(ALICE, Purpose.CODE, "s", "t")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 429, 500, 503})
    void anythingElseHasNot(int status) {
        gateway.answer(status);

        assertUnavailable(sender(""));
        assertThat(gateway.waiting()).as("no redirect is followed").isEqualTo(1);
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        assertUnavailable(new GatewaySender(new Gateway(gateway.url(), new Secret(""), BODY), SSLContext.getDefault()));
        assertThat(gateway.waiting()).isZero();
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() {
        URI byAddress = URI.create("https://127.0.0.1:" + gateway.url().getPort() + "/send");

        assertUnavailable(new GatewaySender(new Gateway(byAddress, new Secret(""), BODY), certificate));
        assertThat(gateway.waiting()).isZero();
    }

    @Test
    void aGatewayThatNeverAnswersIsGivenUpAfterSeconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://localhost:" + silent.getLocalPort() + "/");
            Instant before = Instant.now();
            assertUnavailable(new GatewaySender(new Gateway(url, new Secret(""), BODY), certificate));

            assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        }
    }

    private static void assertUnavailable(GatewaySender sender) {
        assertThatThrownBy(() -> sender.send(new Delivery(ALICE, Purpose.CODE, "s", "t")))
                .isInstanceOf(UnavailableException.class);
    }

    private GatewaySender sender(String authorization) {
        return new GatewaySender(new Gateway(gateway.url(), new Secret(authorization), BODY), certificate);
    }

    private static JsonObject parsed(String body) throws JsonException {
        return Json.parse(Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
    }
}
