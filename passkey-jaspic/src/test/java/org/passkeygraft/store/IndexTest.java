package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** What keeps the cost flat from a hundred to a million passkeys (performance.md, C7): no statement reads a whole table. */
@ParameterizedClass
@EnumSource
final class IndexTest {
    private static final Pattern MARK = Pattern.compile("\\?");

    private final TestDatabase kind;

    IndexTest(TestDatabase kind) {
        this.kind = kind;
    }

    @Test
    void everyStatementOfARequestGoesThroughAnIndex() throws Exception {
        TestClock clock = new TestClock();
        Database.Url database = kind.fresh();
        StatementCounter counter = StatementCounter.of(database);
        try (PasskeyStore store = Fixture.open(counter.database(), clock)) {
            counter.reset();
            askEverything(store, clock);
            List<String> statements = counter.statements().stream()
                    .filter(sql -> !sql.startsWith("INSERT"))
                    .distinct()
                    .toList();

            assertThat(statements).hasSizeGreaterThan(12);
            try (Connection connection = person(database)) {
                for (String sql : statements) {
                    assertThat(plan(connection, sql)).as(sql).doesNotContainPattern(wholeTable());
                }
            }
        }
    }

    private Connection person(Database.Url database) throws SQLException {
        // PostgreSQL's driver counts the marks of a statement unless it sends the text as it is.
        String url = database.url() + (kind == TestDatabase.POSTGRESQL ? "?preferQueryMode=simple" : "");
        return DriverManager.getConnection(
                url, database.user(), database.password().text());
    }

    private static void askEverything(PasskeyStore store, TestClock clock) {
        Account account = Fixture.account("alice");
        PasskeyUser alice = store.users().establish(account);
        CredentialRecord passkey = Fixture.passkey(alice.handle(), "Phone");
        String key = passkey.id().key();
        store.credentials().bind(Fixture.ceremony(), passkey, alice, 5);
        store.credentials().forLogon(passkey.id());
        clock.advance(Duration.ofMinutes(2)); // the purge too
        store.credentials().recordLogon(Fixture.ceremony(), passkey.id(), 1, true, Fixture.NOW);
        store.credentials().recordLogon(Fixture.ceremony(), passkey.id(), 1, true, Fixture.NOW);
        store.credentials().of(alice.handle());
        store.credentials().rename(alice, key, new PasskeyName("x"));
        store.credentials().delete(alice, key, true);
        store.credentials().revoke(alice.handle(), key, false);
        store.users().establish(new Account(account.name(), account.key() + " again"));
        store.users().establish(new Account(account.name() + " renamed", account.key()));
        store.users().deferBinding(account, Fixture.NOW);
        store.users().raiseEpoch(account);
        store.users().standing(account.key());
        store.users().byHandle(alice.handle());
        store.users().search("al", 50);
        store.credentials().of(List.of(alice.handle(), new UserHandle(Fixture.bytes(32))));
        store.credentials().deleteAll(alice.handle());
        store.users().issued(alice.handle());
        store.users().epoch(account.key());
        store.remembered().remember(account.key(), Set.of("staff"));
        store.remembered().byKey(account.key());
        String shown = store.grants().issue(GrantKind.TICKET, account, 0, "", Duration.ofHours(1));
        store.grants().take(GrantKind.TICKET, shown);
        store.grants().revoke(GrantKind.TICKET, account.key());
        reset(store, store.users().establish(account));
        clock.advance(Duration.ofMinutes(2)); // the purge too
        store.grants().issue(GrantKind.TICKET, account, 0, "", Duration.ofHours(1));
        failAndForgive(store.failures(), clock);
        askBackup(store, alice);
        askAudit(store.audit());
    }

    private static void failAndForgive(FailureStore failures, TestClock clock) {
        clock.advance(Duration.ofMinutes(2)); // the purge too
        Instant later = clock.instant().plus(Duration.ofHours(1));
        Failures first = new Failures("A".repeat(43), 1, 1, clock.instant(), later);
        failures.of(List.of(first.id(), "B".repeat(43)));
        for (FailureCount count : List.of(
                new FailureCount(null, first, true, 10, later),
                new FailureCount(first, first, false, 10, later),
                new FailureCount(first, first, false, 1, later),
                new FailureCount(first, first, true, 10, later))) {
            failures.count(List.of(count));
            failures.takeBack(List.of(count));
            failures.takeBack(List.of(count));
            failures.confirm(List.of(count));
            failures.forgive(List.of(count), List.of());
        }
    }

    private static void askBackup(PasskeyStore store, PasskeyUser user) {
        UserHandle alice = user.handle();
        Contact contact = new Contact(Contact.Kind.EMAIL, "alice@example.org");
        store.contacts().replace(user, contact, Fixture.NOW);
        store.contacts().byKey(user.account().key());
        SentCode code = new SentCode("holder", "digest", contact);
        store.oneTimeCodes().admitSend(alice, CodePurpose.BACKUP);
        store.oneTimeCodes().admitSend(alice, CodePurpose.BACKUP);
        store.oneTimeCodes().notSent(alice, CodePurpose.BACKUP);
        store.oneTimeCodes().put(alice, CodePurpose.BACKUP, code, Duration.ofHours(1));
        store.oneTimeCodes().takeTry(alice, CodePurpose.BACKUP, code.holder());
        store.oneTimeCodes().use(alice, CodePurpose.BACKUP, code);
        store.oneTimeCodes().forgive(alice, Fixture.NOW);
        store.recoveryCodes().replace(user, Set.of("digest"));
        store.recoveryCodes().use(alice, "digest");
        store.recoveryCodes().remaining(user.account().key());
    }

    private static void askAudit(AuditStore audit) {
        AuditRecord event = AuditStoreTest.event(audit, Fixture.NOW, "LOGON");
        audit.append(List.of(event), Duration.ofDays(1));
        audit.newest(AuditFilter.ALL, "", 10);
        audit.newest(new AuditFilter("alice", "", "", Instant.EPOCH, Instant.MAX), event.id(), 10);
        audit.newest(new AuditFilter("", "LOGON", "", Instant.EPOCH, Instant.MAX), event.id(), 10);
        audit.newest(new AuditFilter("", "", "PASSWORD", Instant.EPOCH, Instant.MAX), event.id(), 10);
        audit.newestLogons(10);
        audit.count("LOGON", Instant.EPOCH, Fixture.NOW);
        audit.countByMethod("LOGON", Instant.EPOCH);
        audit.countByReason("LOGON_REFUSED", Instant.EPOCH);
    }

    private static void reset(PasskeyStore store, PasskeyUser user) {
        ResetStore resets = store.resets();
        resets.request(user, "another", Duration.ofHours(1));
        Grant request = store.grants()
                .newest(GrantKind.RESET_REQUESTED, user.account().key())
                .orElseThrow();
        String shown =
                resets.approve(user, request, "another", Duration.ofHours(1)).orElseThrow();
        Grant pass = store.grants().look(GrantKind.RESET, shown).orElseThrow();
        store.grants().tries(pass, 5);
        store.grants().forgive(pass);
        String bindingShown = resets.spend(user, pass, Duration.ofHours(1)).orElseThrow();
        Grant binding =
                store.grants().look(GrantKind.RESET_BINDING, bindingShown).orElseThrow();
        resets.bind(binding, Fixture.ceremony(), Fixture.passkey(user.handle(), "Anew"));
    }

    private Pattern wholeTable() {
        return switch (kind) {
            case H2 ->
                Pattern.compile("(USER|CREDENTIAL|CEREMONY|ACCOUNT|GRANT|THROTTLE|CONTACT|CODE|AUDIT)\\.tableScan");
            case POSTGRESQL ->
                Pattern.compile("Seq Scan on passkey_(user|credential|spent_ceremony|remembered_account|grant|throttle"
                        + "|contact|one_time_code|recovery_code|audit)");
        };
    }

    private String plan(Connection connection, String sql) throws SQLException {
        return switch (kind) {
            case H2 -> planOfH2(connection, sql);
            case POSTGRESQL -> planOfPostgres(connection, sql);
        };
    }

    private static String planOfH2(Connection connection, String sql) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
            for (int index = 1; index <= explain.getParameterMetaData().getParameterCount(); index++) {
                explain.setNull(index, Types.VARCHAR);
            }
            try (ResultSet plan = explain.executeQuery()) {
                return text(plan);
            }
        }
    }

    /** The tables are nearly empty: whether an index could serve is the question, not whether it would pay. */
    private static String planOfPostgres(Connection connection, String sql) throws SQLException {
        Matcher marks = MARK.matcher(sql);
        StringBuilder numbered = new StringBuilder();
        for (int index = 1; marks.find(); index++) {
            marks.appendReplacement(numbered, "\\$" + index);
        }
        marks.appendTail(numbered);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            try (ResultSet plan = statement.executeQuery("explain (generic_plan) " + numbered)) {
                return text(plan);
            }
        }
    }

    private static String text(ResultSet plan) throws SQLException {
        StringBuilder lines = new StringBuilder();
        while (plan.next()) {
            lines.append(plan.getString(1)).append('\n');
        }
        return lines.toString();
    }
}
