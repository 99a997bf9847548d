package org.passkeygraft.sample.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    @TempDir
    Path directory;

    @Test
    void noArgumentMeansPort8080AndTheDemoUsersInAnEmbeddedDatabase() throws UsageException {
        Options options = Options.parse();

        assertThat(options).isEqualTo(Options.defaults());
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.users()).isZero();
        assertThat(options.throttled()).isTrue();
        assertThat(options.databaseUrl()).startsWith("jdbc:h2:file:" + System.getProperty("user.home"));
    }

    @Test
    void everyOptionIsRead() throws UsageException {
        Options options =
                Options.parse("--port", "0", "--data", directory.toString(), "--users", "100000", "--no-throttle");

        assertThat(options.port()).isZero();
        assertThat(options.databaseUrl()).isEqualTo("jdbc:h2:file:" + directory.resolve("sample") + ";WRITE_DELAY=0");
        assertThat(options.users()).isEqualTo(100_000);
        assertThat(options.throttled()).isFalse();
    }

    @Test
    void aDatabaseThatIsNamedWinsOverTheDirectory() throws UsageException {
        Options options = Options.parse("--db", "jdbc:postgresql://localhost/office", "--data", directory.toString());

        assertThat(options.databaseUrl()).isEqualTo("jdbc:postgresql://localhost/office");
    }

    @Test
    void thePasswordInADatabaseUrlIsNotPrinted() {
        Options postgresql =
                Options.defaults().withDatabase("jdbc:postgresql://localhost/office?user=a&password=s3cret");
        Options h2 = Options.defaults().withDatabase("jdbc:h2:mem:office;USER=a;PASSWORD=s3cret");

        assertThat(postgresql.printableDatabaseUrl()).isEqualTo("jdbc:postgresql://localhost/office");
        assertThat(h2.printableDatabaseUrl()).isEqualTo("jdbc:h2:mem:office");
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> Options.parse("--prot", "80"))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown option --prot: --help lists the options");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "", "99999999999"})
    void aPortThatIsNoneIsRefusedWithItsValueAndTheRemedy(String port) {
        assertThatThrownBy(() -> Options.parse("--port", port))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port is \"" + port + "\": write a number from 0 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "10000001"})
    void aNumberOfUsersThatIsNoneIsRefused(String users) {
        assertThatThrownBy(() -> Options.parse("--users", users)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:oracle:thin:@localhost", "postgresql://localhost", ""})
    void anUnknownKindOfDatabaseIsRefused(String url) {
        assertThatThrownBy(() -> Options.parse("--db", url))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("jdbc:h2:");
    }

    @Test
    void aFileIsNoDataDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Options.parse("--data", file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--data", "--db", "--users"})
    void anOptionWithoutItsValueIsRefused(String option) {
        assertThatThrownBy(() -> Options.parse(option))
                .isInstanceOf(UsageException.class)
                .hasMessage(option + " needs a value: --help lists the options");
    }
}
