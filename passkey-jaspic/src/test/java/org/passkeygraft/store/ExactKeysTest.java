package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** T-121: {@code root} and {@code ROOT} are two accounts, whatever the database thinks. */
final class ExactKeysTest {
    private static final Account ROOT = new Account("root", "root");
    private static final Account NAMESAKE = new Account("ROOT", "ROOT");

    @ParameterizedTest
    @EnumSource
    void t121_namesakesAreTwoUsers(TestDatabase kind) {
        try (PasskeyStore store = Fixture.open(kind.fresh())) {
            PasskeyUser root = store.users().establish(ROOT);
            PasskeyUser other = store.users().establish(NAMESAKE);

            assertThat(other.handle()).isNotEqualTo(root.handle());
            assertThat(store.users().byKey("root")).contains(root);
            assertThat(store.users().byKey("ROOT")).contains(other);
            assertThat(store.users().byKey("rOOt")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({";IGNORECASE=TRUE, select 1", "'', set collation english strength primary"})
    void t121_refusesToStartWhereH2ComparesLoosely(String setting, String sql) throws Exception {
        Database.Url strict = TestDatabase.H2.fresh();
        Database.Url loose = new Database.Url(strict.url() + setting, strict.user(), strict.password());
        try (Connection person = DriverManager.getConnection(
                        loose.url(), loose.user(), loose.password().text());
                Statement statement = person.createStatement()) {
            statement.execute(sql);
        }

        assertThatThrownBy(() -> Fixture.open(loose).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("passkey.store.url is \"jdbc:h2:mem:")
                .hasMessageContaining("passkey_user.handle takes \"a\" and \"A\"")
                .hasMessageContaining("docs/database.md");
    }

    @Test
    void t121_startsOnH2IgnoringCaseWhenTheTablesAreExact() throws Exception {
        Database.Url strict = TestDatabase.H2.fresh();
        try (PasskeyStore store = Fixture.open(strict)) {
            Rows.of(store).execute("set ignorecase true");
        }

        Database.Url loose = new Database.Url(strict.url() + ";IGNORECASE=TRUE", strict.user(), strict.password());
        try (PasskeyStore store = Fixture.open(loose)) {
            assertThat(store.users().establish(NAMESAKE))
                    .isNotEqualTo(store.users().establish(ROOT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void t121_refusesToStartWhenAColumnComparesLoosely(TestDatabase kind) {
        Database.Url database = kind.fresh();
        try (PasskeyStore store = Fixture.open(database)) {
            LooseColumns.in(store, kind);
        }

        assertThatThrownBy(() -> Fixture.open(database).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey_user.account_key takes \"a\" and \"A\"");
    }

    @ParameterizedTest
    @EnumSource
    void t121_looseColumnsGiveNobodyTheRowOfANamesake(TestDatabase kind) throws Exception {
        try (PasskeyStore store = Fixture.open(kind.fresh())) {
            PasskeyUser root = store.users().establish(ROOT);
            CredentialRecord passkey = Fixture.passkey(root.handle(), "Phone");
            store.credentials().bind(Fixture.ceremony(), passkey, root, 5);
            store.contacts().replace(root, new Contact(Contact.Kind.EMAIL, "root@example.org"), Fixture.NOW);
            store.recoveryCodes().replace(root, Set.of("A".repeat(43)));
            store.remembered().remember("root", Set.of("admin"));
            store.grants().issue(GrantKind.RESET, ROOT, 0, "", Duration.ofHours(1));
            LooseColumns.in(store, kind);

            everythingOf(store, NAMESAKE)
                    .forEach(
                            (what, call) -> assertThatThrownBy(call).as(what).isInstanceOf(UnavailableException.class));

            assertThat(store.users().byKey("root")).contains(root);
            assertThat(store.users().standing("root").passkeys()).isEqualTo(1);
            assertThat(store.remembered().byKey("root").orElseThrow().groups()).containsExactly("admin");
            assertThat(store.recoveryCodes().remaining("root")).isEqualTo(1);
            assertThat(store.contacts().byKey("root")).isPresent();
            assertThat(store.grants().newest(GrantKind.RESET, "root")).isPresent();
            assertThat(Rows.of(store).text("select account_name from passkey_user"))
                    .isEqualTo("root");
            assertThat(Rows.of(store).count("passkey_user where not quarantined"))
                    .isEqualTo(1);
        }
    }

    private static Map<String, ThrowingCallable> everythingOf(PasskeyStore store, Account account) {
        String key = account.key();
        return Map.ofEntries(
                Map.entry("by key", () -> store.users().byKey(key)),
                Map.entry("standing", () -> store.users().standing(key)),
                Map.entry("epoch", () -> store.users().epoch(key)),
                Map.entry("establish", () -> store.users().establish(account)),
                Map.entry(
                        "same name, other key",
                        () -> store.users().establish(new Account(account.name(), "other key"))),
                Map.entry("raise epoch", () -> store.users().raiseEpoch(account)),
                Map.entry("defer", () -> store.users().deferBinding(account, Fixture.NOW)),
                Map.entry("for binding", () -> store.credentials().forBinding(key)),
                Map.entry("contact", () -> store.contacts().byKey(key)),
                Map.entry("recovery codes", () -> store.recoveryCodes().remaining(key)),
                Map.entry("newest grant", () -> store.grants().newest(GrantKind.RESET, key)),
                Map.entry("remembered", () -> store.remembered().byKey(key)),
                Map.entry("remember", () -> store.remembered().remember(key, Set.of("user"))));
    }

    @Test
    void t121_everyKeyColumnIsCheckedAtStart() throws Exception {
        try (PasskeyStore store = Fixture.open(TestDatabase.H2.fresh());
                Connection connection = store.dataSource().getConnection()) {
            Set<String> unique = new TreeSet<>();
            for (String table : Migration.TABLES) {
                try (ResultSet columns = connection
                        .getMetaData()
                        .getIndexInfo(null, null, table.toUpperCase(Locale.ROOT), true, false)) {
                    while (columns.next()) {
                        unique.add((table + "." + columns.getString("COLUMN_NAME")).toLowerCase(Locale.ROOT));
                    }
                }
            }
            unique.removeAll(Set.of("passkey_audit.id", "passkey_policy.id", "passkey_sealing_key.generation"));

            assertThat(unique).hasSizeGreaterThan(12);
            assertThat(KeyComparison.COLUMNS).containsAll(unique);
        }
    }
}
