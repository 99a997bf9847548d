package org.passkeygraft.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.Contact;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.Messaging.Smtp;
import org.passkeygraft.config.Messaging.Tls;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.spi.OneTimeCodeSender.Delivery;
import org.passkeygraft.spi.OneTimeCodeSender.Purpose;
import org.passkeygraft.testing.MailServer;
import org.passkeygraft.testing.TestCertificate;

/** What a real mail server gets. */
final class MailSenderTest {
    private static final Contact ALICE = new Contact(Contact.Kind.EMAIL, "alice@example.org");

    @TempDir
    static Path files;

    private static SSLContext certificate;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        certificate = TestCertificate.in(files).context();
    }

    @Test
    void aTextArrivesAsPlainMail() throws Exception {
        try (MailServer server = MailServer.plain()) {
            sender(server, Tls.NONE).send(new Delivery(ALICE, Purpose.CODE, "App: your code", "123456\nis it"));

            MailServer.Mail mail = server.next();
            assertThat(mail.from()).isEqualTo("no-reply@example.org");
            assertThat(mail.to()).isEqualTo("alice@example.org");
            assertThat(mail.text())
                    .contains("From: no-reply@example.org\r\n")
                    .contains("To: alice@example.org\r\n")
                    .contains("Subject: App: your code\r\n")
                    .contains("Auto-Submitted: auto-generated\r\n")
                    .contains("\r\nDate: ")
                    .contains("Content-Type: text/plain; charset=UTF-8\r\n")
                    .contains("\r\n\r\n123456\r\nis it");
        }
    }

    @Test
    void whatIsNotAsciiIsEncoded() throws Exception {
        try (MailServer server = MailServer.plain()) {
            sender(server, Tls.NONE).send(new Delivery(ALICE, Purpose.NOTICE, "Für Łukasz", "“Schlüssel”"));

            assertThat(server.next().text())
                    .containsPattern("Subject: =\\?UTF-8\\?[BQ]\\?")
                    .containsPattern("Content-Transfer-Encoding: (base64|quoted-printable)");
        }
    }

    @Test
    void startTlsAndAPasswordLeadIn() throws Exception {
        try (MailServer server = MailServer.startTls(certificate, "intranet", "secret")) {
            MailSender sender = new MailSender(smtp(server, Tls.STARTTLS, "intranet", "secret"), certificate);
            sender.send(new Delivery(ALICE, Purpose.CODE, "s", "by STARTTLS"));
            assertThat(server.next().text()).contains("by STARTTLS");

            MailSender wrong = new MailSender(smtp(server, Tls.STARTTLS, "intranet", "wrong"), certificate);
            assertUnavailable(wrong);
            assertThat(server.isEmpty()).isTrue();
        }
    }

    @Test
    void tlsFromTheFirstByteLeadsInToo() throws Exception {
        try (MailServer server = MailServer.tls(certificate)) {
            sender(server, Tls.TLS).send(new Delivery(ALICE, Purpose.CODE, "s", "by TLS"));

            assertThat(server.next().text()).contains("by TLS");
        }
    }

    @Test
    void nothingIsSentToAServerWithoutStartTls() {
        try (MailServer server = MailServer.plain()) {
            assertUnavailable(sender(server, Tls.STARTTLS));
            assertThat(server.isEmpty()).isTrue();
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        try (MailServer server = MailServer.tls(certificate)) {
            assertUnavailable(new MailSender(smtp(server, Tls.TLS, "", ""), SSLContext.getDefault()));
            assertThat(server.isEmpty()).isTrue();
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() {
        try (MailServer server = MailServer.tls(certificate)) {
            Smtp byAddress = new Smtp("127.0.0.1", server.port(), Tls.TLS, "no-reply@example.org", "", new Secret(""));
            assertUnavailable(new MailSender(byAddress, certificate));
            assertThat(server.isEmpty()).isTrue();
        }
    }

    @Test
    void aServerThatNeverSpeaksIsGivenUpAfterSeconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Instant before = Instant.now();
            assertUnavailable(new MailSender(
                    new Smtp("localhost", silent.getLocalPort(), Tls.NONE, "a@example.org", "", new Secret("")),
                    certificate));

            assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        }
    }

    @Test
    void noHeaderCanBeSmuggledInByASubject() {
        assertThatThrownBy(() -> new Delivery(ALICE, Purpose.NOTICE, "App\r\nBcc: mallory@example.org", "t"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertUnavailable(MailSender sender) {
        assertThatThrownBy(() -> sender.send(new Delivery(ALICE, Purpose.CODE, "s", "t")))
                .isInstanceOf(UnavailableException.class);
    }

    private static MailSender sender(MailServer server, Tls tls) {
        return new MailSender(smtp(server, tls, "", ""), certificate);
    }

    private static Smtp smtp(MailServer server, Tls tls, String user, String password) {
        return new Smtp("localhost", server.port(), tls, "no-reply@example.org", user, new Secret(password));
    }
}
