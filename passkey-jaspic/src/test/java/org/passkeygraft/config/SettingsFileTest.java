package org.passkeygraft.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    private static final String BUERO = "passkey.rp.name = B\u00fcro \u6e2f\u52a1\n";

    @Test
    void readsEveryScript() throws IOException {
        assertThat(read(BUERO, StandardCharsets.UTF_8))
                .containsOnly(Map.entry("passkey.rp.name", "B\u00fcro \u6e2f\u52a1"));
    }

    @Test
    void readsEscapesAsBefore() throws IOException {
        assertThat(read("a = B\\u00fcro \\\n   \\\\\n! comment", StandardCharsets.ISO_8859_1))
                .containsOnly(Map.entry("a", "B\u00fcro \\"));
    }

    @Test
    void ignoresAByteOrderMark() throws IOException {
        assertThat(read("\ufeff" + BUERO, StandardCharsets.UTF_8)).containsOnlyKeys("passkey.rp.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
    void refusesAnotherEncodingAndNamesTheLine(String charset) {
        assertThatThrownBy(() -> read("a = 1\n# comment\nb = B\u00fcro\n", Charset.forName(charset)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("/WEB-INF/passkey.properties is \"not UTF-8 in line ")
                .hasMessageContaining(charset.startsWith("ISO") ? "line 3" : "line 1")
                .hasMessageContaining("save the file as UTF-8");
    }

    @Test
    void refusesABrokenEscapeWithTheRemedy() {
        assertThatThrownBy(() -> read("dir = C:\\users\\app\n", StandardCharsets.UTF_8))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("write a backslash twice");
    }

    private static Map<String, String> read(String text, Charset charset) throws IOException {
        return SettingsFile.read(new ByteArrayInputStream(text.getBytes(charset)));
    }
}
