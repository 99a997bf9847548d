package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

final class DataSourcesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aClosedStoreLeavesNoThread(TestDatabase database) throws Exception {
        Database.Url url = database.fresh();
        Fixture.open(url).close(); // the driver and the JDK start threads of their own, once
        Set<Thread> before = Threads.all();

        PasskeyStore store = Fixture.open(url);
        store.users().establish(Fixture.account("alice"));
        store.close();

        assertThat(Threads.leftSince(before)).isEmpty();
    }

    @Test
    void anEmbeddedDatabaseIsMadeAndFoundAgainAndLeavesNoThread() throws Exception {
        Path directory = folder.resolve("new").resolve("below");
        Set<Thread> before = Threads.all();
        PasskeyUser alice;
        try (PasskeyStore store = Fixture.open(new Database.Embedded(directory))) {
            alice = store.users().establish(Fixture.account("alice"));
            assertThat(store.description()).contains(directory.toString());
        }

        try (PasskeyStore store = Fixture.open(new Database.Embedded(directory))) {
            assertThat(store.users().byKey(alice.account().key())).contains(alice);
        }
        assertThat(Threads.leftSince(before)).isEmpty();
    }

    @Test
    void t99_onlyItsOwnerMayReadAnEmbeddedDatabase() throws Exception {
        Path directory = folder.resolve("store");

        Fixture.open(new Database.Embedded(directory)).close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("passkey.password"))).isEqualTo("rw-------");
        assertThat(Files.readString(directory.resolve("passkey.password"))).hasSize(43);
    }

    @Test
    void t99_anEmbeddedDatabaseDoesNotOpenWithoutItsPassword() throws Exception {
        Path directory = folder.resolve("store");
        Fixture.open(new Database.Embedded(directory)).close();
        Files.writeString(directory.resolve("passkey.password"), "guessed");

        assertThatThrownBy(() -> Fixture.open(new Database.Embedded(directory)).close())
                .isInstanceOf(UnavailableException.class)
                .hasMessageNotContaining("guessed");
    }

    @Test
    void t99_theDefaultUserWithoutPasswordOpensNothing() throws Exception {
        Path directory = folder.resolve("store");
        Fixture.open(new Database.Embedded(directory)).close();
        String url = "jdbc:h2:file:" + directory.resolve("passkey") + ";IFEXISTS=TRUE";

        for (String user : List.of("sa", "", "passkey")) {
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, "").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Wrong user name or password");
        }
    }

    @Test
    void aStartThatDiedBeforeThePasswordWasWrittenNeedsNoRepair() throws Exception {
        Files.createFile(folder.resolve("passkey.password"));

        Fixture.open(new Database.Embedded(folder)).close();

        assertThat(Files.readString(folder.resolve("passkey.password"))).hasSize(43);
    }

    @Test
    void t99_aDirectoryThatOthersMayEnterIsRefusedAndLeftAlone() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("index.html"), "a web root");

        assertThatThrownBy(() -> Fixture.open(new Database.Embedded(folder)).close())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("passkey.store.dir")
                .hasMessageContaining("directory of its own");

        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aPathCannotSmuggleInSettings() {
        Path directory = folder.resolve("a;INIT=drop all objects");

        assertThatThrownBy(() -> Fixture.open(new Database.Embedded(directory)).close())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void aDescriptionHasNoParameters() {
        Database.Url url = TestDatabase.H2.fresh();
        OpenedDataSource opened = DataSources.open(url, "test");
        opened.close().run();

        assertThat(opened.description()).startsWith("jdbc:h2:mem:").doesNotContain(";");
    }

    @Test
    void aNameThatJndiDoesNotKnowIsNamed() {
        assertThatThrownBy(() -> DataSources.open(new Database.Jndi("jdbc/none"), "test"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("jdbc/none");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
