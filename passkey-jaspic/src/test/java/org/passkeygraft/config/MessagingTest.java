package org.passkeygraft.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.config.Messaging.Gateway;
import org.passkeygraft.config.Messaging.Smtp;
import org.passkeygraft.config.Messaging.Tls;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/** How the ways to users are read. */
class MessagingTest {
    private final Map<String, String> file = new TreeMap<>(Map.of(
            "passkey.rp.id", "example.org",
            "passkey.rp.origins", "https://www.example.org",
            "passkey.accounts.kind", "extension",
            "passkey.store.dir", "/tmp/passkeys"));

    @Test
    void nobodyIsReachedUnlessSomethingIsSet() {
        assertThat(load()).isEqualTo(Messaging.NONE);
    }

    @Test
    void aMailServerIsEncryptedUnlessSaidOtherwise() {
        file.put("passkey.smtp.host", "mail.example.org");
        file.put("passkey.smtp.from", "no-reply@example.org");

        assertThat(load().smtp())
                .contains(new Smtp("mail.example.org", 587, Tls.STARTTLS, "no-reply@example.org", "", new Secret("")));
    }

    @ParameterizedTest
    @CsvSource({"starttls, 587", "tls, 465", "none, 25"})
    void thePortFollowsTheEncryption(String tls, int port) {
        file.put("passkey.smtp.host", "mail.example.org");
        file.put("passkey.smtp.from", "no-reply@example.org");
        file.put("passkey.smtp.tls", tls);

        assertThat(load().smtp().orElseThrow().port()).isEqualTo(port);
    }

    @Test
    void aKeyInAGatewaysAddressOrBodyIsNotPrinted() {
        Gateway gateway = new Gateway(
                URI.create("https://sms.example/send?key=abc"),
                new Secret("def"),
                "{\"key\": \"ghi\", \"to\": \"{to}\"}");

        assertThat(gateway.toString()).contains("sms.example").doesNotContain("abc", "def", "ghi");
    }

    @Test
    void aGatewayNeedsNoMoreThanItsAddress() {
        file.put("passkey.sms.url", "https://sms.example.org/send?account=1");

        assertThat(load().gateway())
                .contains(new Gateway(
                        URI.create("https://sms.example.org/send?account=1"),
                        new Secret(""),
                        "{\"to\": \"{to}\", \"text\": \"{text}\"}"));
    }

    @Test
    void codesAreNotPostedInTheClearButToThisMachine() {
        file.put("passkey.sms.url", "http://localhost:8080/send");
        assertThat(load().gateway()).isPresent();

        assertRefused("passkey.sms.url", "http://sms.example.org/send");
        assertRefused("passkey.sms.url", "https://user@sms.example.org/send");
        assertRefused("passkey.sms.url", "/send");
    }

    @Test
    void aPasswordDoesNotCrossTheNetworkInTheClear() {
        file.put("passkey.smtp.host", "mail.example.org");
        file.put("passkey.smtp.from", "no-reply@example.org");
        file.put("passkey.smtp.user", "intranet");
        file.put("passkey.smtp.password", "secret");
        assertThat(load().smtp()).isPresent();

        assertRefused("passkey.smtp.tls", "none");
        file.put("passkey.smtp.host", "localhost");
        assertThat(load().smtp()).isPresent();
    }

    @Test
    void halfALogonIsRefused() {
        file.put("passkey.smtp.host", "mail.example.org");
        file.put("passkey.smtp.from", "no-reply@example.org");
        file.put("passkey.smtp.user", "intranet");

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly("passkey.smtp.password");
    }

    @Test
    void aMailServerNeedsASender() {
        file.put("passkey.smtp.host", "mail.example.org");

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly("passkey.smtp.from");
    }

    @Test
    void whatNothingHeedsIsRefused() {
        file.put("passkey.smtp.port", "587");
        file.put("passkey.sms.authorization", "Bearer secret");

        assertThat(refusal().problems())
                .extracting(Problem::key)
                .containsExactly("passkey.smtp.port", "passkey.sms.authorization");
        assertThat(refusal()).hasMessageNotContaining("secret");
    }

    @Test
    void aHeaderOrABodyThatCannotWorkIsRefused() {
        file.put("passkey.sms.url", "https://sms.example.org/send");
        assertRefused("passkey.sms.authorization", "Bearer a\r\nX-Other: b");
        file.remove("passkey.sms.authorization");
        assertRefused("passkey.sms.body", "{\"to\": \"{to}\"}");
        assertRefused("passkey.sms.body", "to={to}&text={text}");
    }

    private void assertRefused(String key, String value) {
        file.put(key, value);

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly(key);
    }

    private ConfigurationException refusal() {
        return catchThrowableOfType(ConfigurationException.class, this::load);
    }

    private Messaging load() {
        return PasskeyConfiguration.load(new Settings(name -> null, Map.of(), Map.of(), file, "/shop"))
                .messaging();
    }
}
