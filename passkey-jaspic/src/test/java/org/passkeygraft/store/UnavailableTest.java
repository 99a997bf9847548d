package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.policy.PasskeyPolicy;

/** T-98: a database that does not answer is neither an empty one nor a wrong password. */
@ParameterizedClass
@EnumSource
final class UnavailableTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TestDatabase kind;
    private final Database.Url database;
    private final Account account = Fixture.account("alice");

    UnavailableTest(TestDatabase kind) {
        this.kind = kind;
        this.database = kind.fresh();
    }

    @Test
    void everythingIsUnavailableWhenTheStoreIsClosed() {
        PasskeyStore store = Fixture.open(database, new TestClock());
        PasskeyUser alice = store.users().establish(account);
        CredentialRecord passkey = Fixture.passkey(alice.handle(), "Phone");
        store.close();

        everythingOf(store, alice, passkey)
                .forEach((what, call) -> assertThatThrownBy(call).as(what).isInstanceOf(UnavailableException.class));
    }

    @Test
    void everythingIsUnavailableWhileTheTablesAreGoneAndWorksAgainAfterwards() throws Exception {
        try (PasskeyStore store = Fixture.open(database, new TestClock())) {
            PasskeyUser alice = store.users().establish(account);
            CredentialRecord passkey = Fixture.passkey(alice.handle(), "Phone");
            for (String table : Migration.TABLES) {
                Rows.of(store).execute("alter table " + table + " rename to hidden_" + table);
            }

            everythingOf(store, alice, passkey)
                    .forEach(
                            (what, call) -> assertThatThrownBy(call).as(what).isInstanceOf(UnavailableException.class));

            for (String table : Migration.TABLES) {
                Rows.of(store).execute("alter table hidden_" + table + " rename to " + table);
            }
            assertThat(store.credentials().bind(Fixture.ceremony(), passkey, alice, 5))
                    .isEqualTo(BindOutcome.BOUND);
            assertThat(store.credentials().forLogon(passkey.id())).isPresent();
        }
    }

    @Test
    void aRowThatSomebodyHoldsIsGivenUpAndWorksAgainAfterwards() throws Exception {
        try (PasskeyStore store = Fixture.open(database)) {
            PasskeyUser alice = store.users().establish(account);
            CredentialRecord passkey = Fixture.passkey(alice.handle(), "Phone");
            store.credentials().bind(Fixture.ceremony(), passkey, alice, 5);
            SpentCeremony spent = Fixture.ceremony();

            try (Connection holder = store.dataSource().getConnection();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("update passkey_credential set backed_up = backed_up");
                Instant start = Instant.now();
                assertThatThrownBy(() -> store.credentials().recordLogon(spent, passkey.id(), 1, true, Fixture.NOW))
                        .isInstanceOf(UnavailableException.class);
                assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
                holder.rollback();
            }

            // All or nothing: the ceremony was not spent either.
            assertThat(store.credentials().recordLogon(spent, passkey.id(), 1, true, Fixture.NOW))
                    .isEqualTo(LogonOutcome.RECORDED);
        }
    }

    @Test
    void aPoolWithoutAFreeConnectionIsGivenUp() throws Exception {
        try (PasskeyStore store = Fixture.open(database)) {
            List<Connection> taken = new ArrayList<>();
            try {
                for (int index = 0; index < 10; index++) {
                    taken.add(store.dataSource().getConnection());
                }
                Instant start = Instant.now();
                assertThatThrownBy(() -> store.users().byKey(account.key())).isInstanceOf(UnavailableException.class);
                assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
            } finally {
                giveBack(taken);
            }
            assertThat(store.users().byKey(account.key())).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsNotThereFailsTheStartInTime() {
        Database.Url nowhere = new Database.Url(
                kind == TestDatabase.H2 ? "jdbc:h2:tcp://localhost:1/nowhere" : "jdbc:postgresql://localhost:1/nowhere",
                "somebody",
                new Secret("not for the log"));
        Instant start = Instant.now();

        assertThatThrownBy(() -> Fixture.open(nowhere).close())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("nowhere")
                .hasMessageNotContaining("not for the log");

        assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE);
    }

    private static Map<String, ThrowingCallable> everythingOf(
            PasskeyStore store, PasskeyUser alice, CredentialRecord passkey) {
        CredentialStore credentials = store.credentials();
        UserStore users = store.users();
        String key = passkey.id().key();
        return Map.ofEntries(
                Map.entry("for logon", () -> credentials.forLogon(passkey.id())),
                Map.entry(
                        "record logon",
                        () -> credentials.recordLogon(Fixture.ceremony(), passkey.id(), 1, true, Fixture.NOW)),
                Map.entry("spend", () -> credentials.spend(Fixture.ceremony())),
                Map.entry("list", () -> credentials.of(alice.handle())),
                Map.entry("bind", () -> credentials.bind(Fixture.ceremony(), passkey, alice, 5)),
                Map.entry("rename", () -> credentials.rename(alice, key, new PasskeyName("x"))),
                Map.entry("delete", () -> credentials.delete(alice, key, false)),
                Map.entry("by key", () -> users.byKey(alice.account().key())),
                Map.entry("establish", () -> users.establish(alice.account())),
                Map.entry("issued", () -> users.issued(alice.handle())),
                Map.entry("defer", () -> users.deferBinding(alice.account(), Fixture.NOW)),
                Map.entry("epoch", () -> users.epoch(alice.account().key())),
                Map.entry("raise epoch", () -> users.raiseEpoch(alice.account())),
                Map.entry("standing", () -> users.standing(alice.account().key())),
                Map.entry(
                        "grant",
                        () -> store.grants().issue(GrantKind.TICKET, alice.account(), 0, "", Duration.ofMinutes(1))),
                Map.entry("take grant", () -> store.grants().take(GrantKind.TICKET, "A".repeat(43))),
                Map.entry("failures", () -> store.failures().of(List.of(key))),
                Map.entry("count a failure", () -> store.failures().count(List.of(failure()))),
                Map.entry("forgive", () -> store.failures().forgive(List.of(failure()), List.of())),
                Map.entry("confirm a failure", () -> store.failures().confirm(List.of(failure()))),
                Map.entry("take a failure back", () -> store.failures().takeBack(List.of(failure()))),
                Map.entry(
                        "append",
                        () -> store.audit()
                                .append(
                                        List.of(AuditStoreTest.event(store.audit(), Fixture.NOW, "LOGON")),
                                        Duration.ofDays(1))),
                Map.entry("newest events", () -> store.audit().newestLogons(1)),
                Map.entry("count events", () -> store.audit().count("LOGON", Instant.EPOCH, Fixture.NOW)),
                Map.entry("count by method", () -> store.audit().countByMethod("LOGON", Instant.EPOCH)),
                Map.entry("count by reason", () -> store.audit().countByReason("LOGON", Instant.EPOCH)),
                Map.entry("policy to be changed", () -> store.policy().versioned()),
                Map.entry("reliance", () -> store.survey().reliance()),
                Map.entry("name with a suffix", () -> store.survey().nameWith("corp")),
                Map.entry("delete all", () -> credentials.deleteAll(alice.handle())),
                Map.entry("lists", () -> credentials.of(List.of(alice.handle()))),
                Map.entry("by handle", () -> users.byHandle(alice.handle())),
                Map.entry("search", () -> users.search("", 1)),
                Map.entry("ask for a pass", () -> store.resets().request(alice, "2", Duration.ofMinutes(1))),
                Map.entry("give a pass", () -> store.resets().issue(alice, "bob", Duration.ofMinutes(1))),
                Map.entry(
                        "newest grant",
                        () -> store.grants()
                                .newest(GrantKind.RESET, alice.account().key())),
                Map.entry("policy", () -> store.policy().current()),
                Map.entry("change policy", () -> store.policy().change(PasskeyPolicy.STANDARD, 0)));
    }

    private static FailureCount failure() {
        Instant later = Instant.now().plus(Duration.ofDays(1));
        return new FailureCount(null, new Failures("A".repeat(43), 1, 1, later, later), true, 10, later);
    }

    private static void giveBack(List<Connection> taken) throws SQLException {
        for (Connection connection : taken) {
            connection.close();
        }
    }
}
