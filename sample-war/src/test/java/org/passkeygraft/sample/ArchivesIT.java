package org.passkeygraft.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ArchivesIT {
    private static Map<String, byte[]> war = Map.of();
    private static Map<String, byte[]> graft = Map.of();

    @BeforeAll
    static void read() throws IOException {
        war = Archives.read(Archives.war());
        graft = Archives.read(Archives.graft());
    }

    @Test
    void theApplicationKnowsNothingOfPasskeys() {
        Set<String> application = war.keySet().stream()
                .filter(name -> !name.startsWith("WEB-INF/lib/") && !name.startsWith("WEB-INF/launcher/"))
                .filter(name -> !name.startsWith("org/") && !name.equals("WEB-INF/passkey.properties"))
                .collect(toSet());

        assertThat(application)
                .contains(
                        "WEB-INF/web.xml",
                        "WEB-INF/jsp/secret.jsp",
                        "WEB-INF/classes/org/passkeygraft/sample/MeServlet.class")
                .filteredOn(name -> !name.equals("META-INF/MANIFEST.MF"))
                .allSatisfy(name -> assertThat(
                                text(war, name).toLowerCase(Locale.ROOT).replace("passkeygraft", ""))
                        .as(name)
                        .doesNotContain("passkey"));
    }

    @Test
    void onlyTheBootstrapLiesAtTheRootAndTheLauncherStaysOutOfTheApplication() {
        assertThat(war.keySet().stream().filter(name -> name.startsWith("org/")))
                .containsExactly("org/passkeygraft/sample/launcher/Bootstrap.class");
        assertThat(war.keySet())
                .noneMatch(name -> name.startsWith("WEB-INF/classes/org/passkeygraft/sample/launcher/"))
                .contains("WEB-INF/launcher/sample-war-launcher.jar");
    }

    @Test
    void theLibrariesOfTheApplicationAreThoseOfTheGraft() {
        assertThat(libraries(war, "WEB-INF/lib/"))
                .isEqualTo(libraries(graft, root() + "WEB-INF/lib/"))
                .anyMatch(name -> name.startsWith("passkey-jaspic-"))
                .anyMatch(name -> name.startsWith("passkey-web-"))
                .anyMatch(name -> name.startsWith("h2-"));
    }

    @Test
    void t104_noLibraryBringsWhatCouldClashWithTheApplications() throws IOException {
        for (String name : libraries(war, "WEB-INF/lib/")) {
            assertThat(Archives.names(content(war, "WEB-INF/lib/" + name)))
                    .as(name)
                    .noneMatch(entry -> entry.startsWith("org/eclipse/jetty/"))
                    .noneMatch(entry -> entry.startsWith("jakarta/servlet/http/"))
                    .noneMatch(entry -> entry.startsWith("jakarta/el/"))
                    .noneMatch(entry -> entry.startsWith("jakarta/security/auth/message/"))
                    .noneMatch(entry -> entry.startsWith("com/yubico/"))
                    .noneMatch(entry -> entry.startsWith("com/fasterxml/"))
                    .noneMatch(entry -> entry.startsWith("com/google/"))
                    .noneMatch(entry -> entry.startsWith("com/upokecenter/"))
                    .noneMatch(entry -> entry.startsWith("com/password4j/"))
                    .noneMatch(entry -> entry.startsWith("org/bouncycastle/"))
                    .noneMatch(entry -> entry.startsWith("org/flywaydb/"))
                    .noneMatch(entry -> entry.startsWith("org/eclipse/persistence/"))
                    .noneMatch(entry -> entry.startsWith("jakarta/persistence/"))
                    .noneMatch(entry -> entry.startsWith("com/zaxxer/"))
                    .noneMatch(entry -> entry.startsWith("org/slf4j/"));
        }
    }

    @Test
    void t104_ourJarsHoldOurPackagesAndNothingElse() throws IOException {
        for (String name : libraries(war, "WEB-INF/lib/")) {
            if (name.startsWith("passkey-")) {
                assertThat(Archives.names(content(war, "WEB-INF/lib/" + name)))
                        .as(name)
                        .isNotEmpty()
                        .allMatch(entry -> entry.matches("META-INF/.*|org/|org/passkeygraft/.*"))
                        .noneMatch(entry -> entry.startsWith("META-INF/versions/"))
                        .filteredOn(entry -> entry.matches("META-INF/services/.+"))
                        .allMatch(entry -> entry.startsWith("META-INF/services/org.passkeygraft.")
                                || entry.equals("META-INF/services/jakarta.servlet.ServletContainerInitializer"));
            }
        }
    }

    @Test
    void t103_theHttpClientOfTheLibraryIsNotShipped() throws IOException {
        for (String name : libraries(war, "WEB-INF/lib/")) {
            assertThat(name).doesNotContain("httpc");
            assertThat(Archives.names(content(war, "WEB-INF/lib/" + name)))
                    .as(name)
                    .noneMatch(entry -> entry.contains("org/apache/hc/") || entry.contains("org/apache/http/"));
        }
    }

    @Test
    void t99_noConsoleOrServerOfTheDatabaseIsStarted() throws IOException {
        assertThat(text(war, "WEB-INF/web.xml")).doesNotContain("org.h2");
        for (String name : libraries(war, "WEB-INF/lib/")) {
            assertThat(Archives.read(content(war, "WEB-INF/lib/" + name)).entrySet())
                    .as(name)
                    .filteredOn(entry -> entry.getKey().equals("META-INF/web-fragment.xml")
                            || entry.getKey().endsWith("ServletContainerInitializer"))
                    .allSatisfy(entry ->
                            assertThat(new String(entry.getValue(), UTF_8)).doesNotContain("org.h2"));
        }
    }

    @Test
    void theGraftComesWithItsLicenceAReadmeAndTheSettingsOfTheSample() throws IOException {
        assertThat(graft.keySet()).contains(root() + "LICENSE", root() + "README.md");
        Properties settings = new Properties();
        settings.load(new java.io.StringReader(text(graft, root() + "WEB-INF/passkey.properties")));

        assertThat(settings.stringPropertyNames())
                .contains("passkey.rp.id", "passkey.rp.origins", "passkey.store.jndi", "passkey.accounts.jndi")
                .contains("passkey.accounts.sql.by-name", "passkey.accounts.sql.by-key", "passkey.accounts.sql.groups")
                .allMatch(key -> key.startsWith("passkey."));
        assertThat(text(war, "WEB-INF/passkey.properties"))
                .isEqualTo(text(graft, root() + "WEB-INF/passkey.properties"));
    }

    private static String root() {
        return Archives.graft().getFileName().toString().replace(".zip", "/");
    }

    private static Set<String> libraries(Map<String, byte[]> archive, String directory) {
        return archive.keySet().stream()
                .filter(name -> name.startsWith(directory))
                .map(name -> name.substring(directory.length()))
                .collect(toSet());
    }

    private static String text(Map<String, byte[]> archive, String name) {
        byte[] content = content(archive, name);
        return name.endsWith(".class") ? new String(content, ISO_8859_1) : new String(content, UTF_8);
    }

    private static byte[] content(Map<String, byte[]> archive, String name) {
        return requireNonNull(archive.get(name), name);
    }
}
