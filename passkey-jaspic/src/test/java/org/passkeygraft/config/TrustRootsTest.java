package org.passkeygraft.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.testing.AuthenticatorMaker;

/** The file of the roots that authenticators are believed by. */
class TrustRootsTest {
    private static final String KEY = "passkey.attestation.trust-roots";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final X509Certificate one = root();
    private final X509Certificate another = root();

    @TempDir
    private Path directory;

    @Test
    void everyRootOfTheFileIsTaken() throws Exception {
        assertThat(load(pem(one) + "Another maker\n" + pem(another))).isEqualTo(Set.of(one, another));
    }

    @Test
    void aFileThatIsNotThereIsNamedWithTheRemedy() {
        assertRefused(directory.resolve("missing.pem"), "name one that the server may read");
    }

    @Test
    void anEmptyFileIsNamedWithTheRemedy() throws Exception {
        assertRefused(file(""), "put the roots there, in PEM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut off", "other letters", "not a certificate", "a text", "the second one"})
    void aDamagedFileIsNamedWithTheRemedy(String damage) throws Exception {
        String whole = pem(one);
        String content = switch (damage) {
            case "cut off" -> whole.substring(0, whole.length() / 2);
            case "other letters" -> whole.replace(whole.substring(100, 110), "!!!!!!!!!!");
            case "not a certificate" -> pem("PUBLIC KEY", one.getPublicKey().getEncoded());
            case "a text" -> "Please ask Alice for the roots.";
            default -> whole + pem(another).replaceFirst("MII", "AAA");
        };

        assertRefused(file(content), "X.509 certificates");
    }

    private void assertRefused(Path path, String remedy) {
        ConfigurationException refusal = catchThrowableOfType(ConfigurationException.class, () -> load(path));

        assertThat(refusal.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence())
                        .startsWith(KEY + " is \"" + path + "\": ")
                        .contains(remedy));
        assertThat(refusal).hasMessageContainingAll(KEY, path.toString(), remedy);
    }

    private Set<X509Certificate> load(String content) throws IOException {
        return load(file(content));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("roots.pem"), content, StandardCharsets.US_ASCII);
    }

    private static Set<X509Certificate> load(Path path) {
        Map<String, String> file = new TreeMap<>(Map.of(
                "passkey.rp.id",
                "example.org",
                "passkey.rp.origins",
                "https://www.example.org",
                "passkey.accounts.kind",
                "extension",
                "passkey.store.dir",
                "/tmp/passkeys",
                KEY,
                path.toString()));
        return PasskeyConfiguration.load(new Settings(Map.<String, String>of()::get, Map.of(), Map.of(), file, "/shop"))
                .ceremony()
                .trustRoots();
    }

    private static X509Certificate root() {
        return AuthenticatorMaker.of(new UUID(0, 0), Instant.parse("2036-01-01T00:00:00Z"))
                .root();
    }

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + LINES.encodeToString(content) + "\n-----END " + what + "-----\n";
    }
}
