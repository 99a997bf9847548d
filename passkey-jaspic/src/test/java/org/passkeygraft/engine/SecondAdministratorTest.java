package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.LdapGroups;
import org.passkeygraft.config.PasskeyConfiguration.LdapQueries;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-122: one administrator takes the last passkey only of an account that is known to be no administrator's. */
final class SecondAdministratorTest {
    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init") // by the tests that open one
    private EngineUnderTest engine;

    private Account admin = Account.named("admin");
    private Account other = Account.named("other");

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource
    void t122_keepsLastPasskeyOfLockedOrRemovedSqlAccount(TestDatabase database) {
        openSql(database);
        engine.lock(other, true);

        assertLastPasskeyStays();
        assertThat(user().needsTwo()).isTrue();

        engine.remove(other);
        assertLastPasskeyStays();
    }

    /** Nobody can tell whether a locked account is an administrator's; a usable one without the role is none. */
    @Test
    void t122_revokesAllOfAnOrdinaryUserOnlyOnceUnlocked() {
        openSql(TestDatabase.H2);
        engine.appoint(other, false);
        engine.lock(other, true);
        assertLastPasskeyStays();

        engine.lock(other, false);
        assertThat(user().needsTwo()).isFalse();
        assertThat(revokeAll()).isEmpty();
        assertThat(user().passkeys()).isEmpty();
    }

    @Test
    void t122_takesSparePasskeyAndSessionsOfLockedAccount() {
        openSql(TestDatabase.H2);
        SoftwareAuthenticator key = SoftwareAuthenticator.synced();
        engine.bind(other, LogonMethod.PASSKEY, engine.beginBinding(other, LogonMethod.PASSKEY, "Key"), key);
        engine.lock(other, true);

        assertThat(revokeFirst()).isEmpty();
        assertLastPasskeyStays();
        assertThat(engine.runtime().users().endSessions(caller(), handle())).isEmpty();
    }

    @Test
    void t122_keepsLastPasskeyWhenDirectoryCannotAnswer() {
        openSql(TestDatabase.H2);
        engine.breakAdministrator(other);

        assertLastPasskeyStays();

        engine.breakAccounts(true);
        assertThatThrownBy(this::revokeAll).isInstanceOf(UnavailableException.class);
        engine.breakAccounts(false);
        assertThat(engine.column("select id from passkey_credential")).hasSize(1);
    }

    @Test
    void t122_keepsLastPasskeyOfDisabledOrRemovedLdapAccount() throws Exception {
        try (DirectoryServer ldap = DirectoryServer.plain()) {
            ldap.addPerson("admin", "memberOf: administrator");
            ldap.addPerson("other", "memberOf: administrator");
            LdapQueries queries = new LdapQueries(
                    DirectoryServer.PEOPLE,
                    "(uid={0})",
                    "uid",
                    "",
                    "(!(nsAccountLock=true))",
                    new LdapGroups.Attribute("memberOf", ""));
            Secret password = new Secret(DirectoryServer.READER_PASSWORD);
            open(new Accounts.Ldap(List.of(ldap.url()), DirectoryServer.READER, password, false, queries));
            assertLastPasskeyStays();

            ldap.change("uid=other," + DirectoryServer.PEOPLE, "nsAccountLock: true");
            assertLastPasskeyStays();

            ldap.delete("uid=other," + DirectoryServer.PEOPLE);
            assertLastPasskeyStays();
        }
    }

    @Test
    void t122_keepsLastPasskeyOfLockedOrRemovedFileAccount() throws IOException {
        Path file = directory.resolve("realm.properties");
        write(file, "admin: secret,administrator\nother: secret,administrator\n");
        open(new Accounts.File(file, "plain", 1));

        for (String line : List.of("other: !secret,administrator\n", "other: !secret\n", "")) {
            write(file, "admin: secret,administrator\n" + line);
            engine.clock().advance(Duration.ofMinutes(1));
            assertLastPasskeyStays();
        }
    }

    @Test
    void t122_keepsLastPasskeyOfAccountRememberedTooLongAgo() {
        ContainerRealm realm = (name, password) -> Optional.of(new Caller(name, Set.of("administrator")));
        engine = new EngineUnderTest(TestDatabase.H2, new Accounts.Container(Duration.ofHours(12)));
        engine.logOn("other", "secret", realm);
        engine.bindFirst(other, SoftwareAuthenticator.synced());
        engine.clock().advance(Duration.ofHours(13));
        engine.logOn("admin", "secret", realm);
        assertLastPasskeyStays();

        engine.changeStore("delete from passkey_remembered_account where account_key = 'other'");
        assertLastPasskeyStays();
    }

    private void openSql(TestDatabase database) {
        engine = new EngineUnderTest(database);
        admin = engine.addAccount("admin", "");
        other = engine.addAccount("other", "");
        engine.appoint(admin, true);
        engine.appoint(other, true);
        engine.bindFirst(other, SoftwareAuthenticator.synced());
    }

    private void open(Accounts accounts) {
        engine = new EngineUnderTest(TestDatabase.H2, accounts);
        engine.bindFirst(other, SoftwareAuthenticator.synced());
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private void assertLastPasskeyStays() {
        assertThat(revokeAll()).contains(Rejection.ADMINISTRATOR);
        assertThat(revokeFirst()).contains(Rejection.ADMINISTRATOR);
        assertThat(engine.column("select id from passkey_credential")).hasSize(1);
    }

    private Optional<Rejection> revokeAll() {
        return engine.runtime().users().revokeAll(caller(), handle());
    }

    private Optional<Rejection> revokeFirst() {
        String key =
                engine.column("select id from passkey_credential order by id").get(0);
        return engine.runtime().users().revoke(caller(), handle(), key);
    }

    private AdministeredUser user() {
        return engine.runtime().users().find(handle()).orElseThrow();
    }

    private String handle() {
        return engine.column("select handle from passkey_user where account_name = 'other'")
                .get(0);
    }

    private ProvenCaller caller() {
        return engine.caller(admin, LogonMethod.PASSKEY);
    }
}
