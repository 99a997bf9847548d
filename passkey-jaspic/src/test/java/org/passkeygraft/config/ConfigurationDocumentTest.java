package org.passkeygraft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(passkey\\.[a-z.<>-]+)` \\| (.+) \\| (.+) \\| `([^`]+)` \\|$", Pattern.MULTILINE);
    private static final Pattern SAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

    private final String document = read();

    @Test
    void itExplainsEveryKeyThereIsInTheOrderTheyAreDeclaredAndNoOther() {
        List<String> documented =
                ROW.matcher(document).results().map(row -> row.group(1)).toList();

        assertThat(documented).isEqualTo(Keys.all().stream().map(Key::name).toList());
    }

    @Test
    void itTellsTheDefaultsAndExamplesThatTheKeysHave() {
        Map<String, MatchResult> rows = new TreeMap<>();
        ROW.matcher(document).results().forEach(row -> rows.put(row.group(1), row));

        assertThat(Keys.all()).allSatisfy(key -> {
            MatchResult row = Objects.requireNonNull(rows.get(key.name()));
            assertThat(row.group(4)).isEqualTo(key.example());
            key.defaultText()
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> assertThat(row.group(3)).isEqualTo("`" + text + "`"));
        });
    }

    @Test
    void itsSampleFileIsAValidConfiguration() throws IOException {
        String sample =
                SAMPLE.matcher(document).results().findFirst().orElseThrow().group(1);
        Properties properties = new Properties();
        properties.load(new StringReader(sample));
        Map<String, String> file = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> file.put(name, properties.getProperty(name)));

        var configuration =
                PasskeyConfiguration.load(new Settings(name -> null, Map.of(), Map.of(), file, "/intranet"));

        assertThat(configuration.relyingParty().origins()).hasSize(2);
        assertThat(configuration.session().recheck()).isEqualTo(Duration.ofSeconds(30));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/configuration.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
