package org.passkeygraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * T-103: the WebAuthn library asks for ranges of versions, and a build without ours would take whatever was published
 * last. The enforcer plugin refuses other ranges and snapshots; this test checks what arrives on the class path.
 */
class PinnedLibrariesTest {
    private static final List<String> POMS = List.of(
            "../pom.xml",
            "../passkey-jaspic/pom.xml",
            "../passkey-web/pom.xml",
            "../sample-war/pom.xml",
            "../server-tests/pom.xml");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern PINNED = Pattern.compile("\\d[\\w.-]*|\\$\\{[a-z0-9.]+\\.version}");

    @Test
    void t103_everyVersionIsPinned() throws IOException {
        for (String pom : POMS) {
            assertThat(dependencies(pom)
                            .flatMap(dependency ->
                                    VERSION.matcher(dependency).results().map(version -> version.group(1))))
                    .as(pom)
                    .allSatisfy(version -> assertThat(version).matches(PINNED).doesNotContain("SNAPSHOT"));
        }
        assertThat(Files.readString(Path.of(POMS.get(0))))
                .contains("<banDynamicVersions>", "<requireReleaseDeps>", "<dependencyConvergence/>");
    }

    @ParameterizedTest
    @CsvSource({
        "com.yubico.webauthn.RelyingParty, webauthn-server-core",
        "com.yubico.internal.util.CollectionUtil, yubico-util",
        "com.upokecenter.cbor.CBORObject, cbor",
        "com.google.common.collect.ImmutableList, guava",
    })
    void t103_theManagedVersionArrives(String type, String artifact) throws Exception {
        assertThat(jar(type)).isEqualTo(artifact + "-" + managedVersion(artifact) + ".jar");
    }

    @ParameterizedTest
    @CsvSource({
        "com.fasterxml.jackson.databind.ObjectMapper, jackson-databind, jackson.version",
        "com.fasterxml.jackson.core.JsonParser, jackson-core, jackson.version",
        "org.slf4j.Logger, slf4j-api, slf4j.version",
    })
    void t103_theVersionOfAFamilyArrives(String type, String artifact, String property) throws Exception {
        assertThat(jar(type)).isEqualTo(artifact + "-" + property(property) + ".jar");
    }

    @Test
    void t103_theHttpClientThatTheLibraryAsksForIsAbsent() {
        assertThatThrownBy(() -> Class.forName("org.apache.hc.client5.http.classic.HttpClient"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("org.apache.hc.core5.http.HttpHost"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static String jar(String type) throws Exception {
        Class<?> loaded = Class.forName(type, false, PinnedLibrariesTest.class.getClassLoader());
        return Path.of(loaded.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getFileName()
                .toString();
    }

    private static String managedVersion(String artifact) throws IOException {
        return dependencies(POMS.get(0))
                .filter(dependency -> dependency.contains("<artifactId>" + artifact + "</artifactId>"))
                .flatMap(dependency -> VERSION.matcher(dependency).results())
                .map(version -> version.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String property(String name) throws IOException {
        return Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<")
                .matcher(Files.readString(Path.of(POMS.get(0))))
                .results()
                .map(value -> value.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> dependencies(String pom) throws IOException {
        return DEPENDENCY.matcher(Files.readString(Path.of(pom))).results().map(MatchResult::group);
    }
}
