package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Proofs;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.store.PasskeyStore;
import org.passkeygraft.store.StatementCounter;
import org.passkeygraft.store.TestClock;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

/**
 * The whole runtime on a database that counts what it is asked, with accounts in a database of their own, whose
 * statements are not ours.
 */
public final class EngineUnderTest implements AutoCloseable {
    static final String ORIGIN = "https://app.example";
    static final Duration TIMEOUT = Duration.ofMinutes(5);
    public static final Account ALICE = new Account("alice", "1");
    public static final Account BOB = new Account("bob", "2");

    static final Client CLIENT = new Client("192.0.2.7", "test");
    private static final PasskeyPolicy DEFAULTS = PasskeyPolicy.STANDARD;

    private final TestClock clock = new TestClock();
    private final Database.Url accounts =
            new Database.Url("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", new Secret(""));
    private final StatementCounter accountsCounter = StatementCounter.of(accounts);
    private final Database.Url database;
    private final StatementCounter counter;
    private final boolean throttled;
    private final PasskeyRuntime runtime;

    /** With accounts in tables. */
    public EngineUnderTest(TestDatabase kind) {
        this(kind, Messaging.NONE);
    }

    /** The same with an audit trail in the log only. */
    static EngineUnderTest withoutAuditTable(TestDatabase kind) {
        return new EngineUnderTest(kind, null, Messaging.NONE, false, false);
    }

    /** With accounts of a test's own; null for those in tables. */
    EngineUnderTest(TestDatabase kind, PasskeyConfiguration.@Nullable Accounts own) {
        this(kind, own, Messaging.NONE, false, true);
    }

    /** With ways to users. */
    EngineUnderTest(TestDatabase kind, Messaging messaging) {
        this(kind, null, messaging, false, true);
    }

    /** With accounts in tables, and with a throttle after five failures. */
    static EngineUnderTest throttled(TestDatabase kind) {
        return throttled(kind, null);
    }

    /** The same with accounts of a test's own; null for those in tables. */
    static EngineUnderTest throttled(TestDatabase kind, PasskeyConfiguration.@Nullable Accounts own) {
        return new EngineUnderTest(kind, own, Messaging.NONE, true, true);
    }

    private EngineUnderTest(
            TestDatabase kind,
            PasskeyConfiguration.@Nullable Accounts own,
            Messaging messaging,
            boolean throttled,
            boolean auditTable) {
        this.throttled = throttled;
        database = kind.fresh();
        counter = StatementCounter.of(database);
        changeAccounts(
                "create table app_user (id varchar(9) primary key, name varchar(99), locked boolean, hash varchar(255))");
        changeAccounts("create table app_administrator (id varchar(9) primary key)");
        changeAccounts("insert into app_user values ('1', 'alice', false, ''), ('2', 'bob', false, '')");
        runtime = PasskeyRuntime.open(
                configuration("/app", own == null ? sql() : own, messaging, auditTable),
                "/app",
                EngineUnderTest.class.getClassLoader(),
                clock);
    }

    private PasskeyConfiguration.Accounts sql() {
        return new PasskeyConfiguration.Accounts.Sql(accountsCounter.database(), queries(), "auto", 1);
    }

    private PasskeyConfiguration configuration(
            String applicationId, PasskeyConfiguration.Accounts own, Messaging messaging, boolean auditTable) {
        return new PasskeyConfiguration(
                new PasskeyConfiguration.RelyingParty("app.example", "App", Set.of(ORIGIN)),
                new PasskeyConfiguration.Http(
                        Set.of(ORIGIN),
                        applicationId,
                        "/",
                        "/",
                        null,
                        List.of(),
                        PasskeyConfiguration.Caching.PRIVATE,
                        null),
                PasskeyConfiguration.Door.AUTO,
                List.of(),
                new PasskeyConfiguration.Entrance(
                        true,
                        PasskeyConfiguration.Basic.OFF,
                        "app",
                        "/passkey/logon",
                        "/passkey/logon?error",
                        PasskeyConfiguration.Declared.NOTHING),
                own,
                new PasskeyConfiguration.Store(counter.database(), true),
                new PasskeyConfiguration.Ceremony(TIMEOUT),
                new PasskeyConfiguration.Session(Duration.ofSeconds(60), TIMEOUT, true),
                new PasskeyConfiguration.Throttle(throttled, 5, Duration.ofMinutes(15), 60, 1000, 80),
                DEFAULTS,
                new PasskeyConfiguration.Administration("administrator"),
                new PasskeyConfiguration.Monitoring(auditTable, Duration.ofDays(90), null),
                messaging,
                new PasskeyConfiguration.Arming(List.of()));
    }

    private static PasskeyConfiguration.Queries queries() {
        String columns = "select id as account_key, name as account_name, hash as password_hash, not locked as usable";
        return new PasskeyConfiguration.Queries(
                columns + " from app_user where name = :name",
                columns + " from app_user where id = :key",
                "select 'staff' as role from app_user where id = :key"
                        + " union select 'administrator' from app_administrator where id = :key");
    }

    public PasskeyRuntime runtime() {
        return runtime;
    }

    /** The same application on another server; whoever asks for it closes it. */
    PasskeyRuntime anotherServer() {
        return PasskeyRuntime.open(
                runtime.configuration(), "/elsewhere", EngineUnderTest.class.getClassLoader(), clock);
    }

    /** Another application with the same database and the same accounts; whoever asks for it closes it. */
    PasskeyRuntime anotherApplication() {
        return PasskeyRuntime.open(
                configuration("/another", sql(), Messaging.NONE, true),
                "/another",
                EngineUnderTest.class.getClassLoader(),
                clock);
    }

    public TestClock clock() {
        return clock;
    }

    /** The passkey database, for whoever reads or writes it past us. */
    Database.Url database() {
        return database;
    }

    /** What it holds in the first column. */
    List<String> column(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        database.url(), database.user(), database.password().text());
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    StatementCounter counter() {
        return counter;
    }

    /** What the application's own database is asked. */
    StatementCounter accountsCounter() {
        return accountsCounter;
    }

    Account addAccount(String name, String hash) {
        String quoted = "'" + name.replace("'", "''") + "'";
        changeAccounts("insert into app_user values (" + quoted + ", " + quoted + ", false, '" + hash + "')");
        return Account.named(name);
    }

    void changeHash(Account account, String hash) {
        changeAccounts("update app_user set hash = '" + hash + "' where id = '" + account.key() + "'");
    }

    /** From now on an administrator, or not any more. */
    void appoint(Account account, boolean administrator) {
        changeAccounts(
                administrator
                        ? "insert into app_administrator values ('" + account.key() + "')"
                        : "delete from app_administrator where id = '" + account.key() + "'");
    }

    public void lock(Account account, boolean locked) {
        changeAccounts("update app_user set locked = " + locked + " where id = '" + account.key() + "'");
    }

    void rename(Account account, String name) {
        changeAccounts("update app_user set name = '" + name + "' where id = '" + account.key() + "'");
    }

    void remove(Account account) {
        changeAccounts("delete from app_user where id = '" + account.key() + "'");
    }

    /** The application's own database answers no more, or does again. */
    public void breakAccounts(boolean broken) {
        changeAccounts(broken ? "alter table app_user rename to gone" : "alter table gone rename to app_user");
    }

    /** The application's own database answers for every account but this administrator's. */
    void breakAdministrator(Account account) {
        changeAccounts("alter table app_administrator rename to administrators");
        changeAccounts("create view app_administrator as select id from administrators where 1 / case when id = '"
                + account.key() + "' then 0 else 1 end = 1");
    }

    /** A table of ours is gone, or there again. */
    void breakStore(String table, boolean broken) {
        change(database, "alter table " + (broken ? table + " rename to gone" : "gone rename to " + table));
    }

    /** Somebody who may write to our database does so past us. */
    void changeStore(String sql) {
        change(database, sql);
    }

    private void changeAccounts(String sql) {
        change(accounts, sql);
    }

    private static void change(Database.Url where, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        where.url(), where.user(), where.password().text());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** An administrator changes it, on another server. */
    void allowPasskeys(boolean allowed) {
        changePolicy(DEFAULTS.withAllowed(allowed));
    }

    /** The same for everything an administrator can change. */
    void changePolicy(PasskeyPolicy policy) {
        elsewhere(store -> {
            if (!store.policy().change(policy, store.policy().versioned().version())) {
                throw new IllegalStateException("somebody else changed the policy");
            }
        });
    }

    /** Something happens on another server. */
    void elsewhere(Consumer<PasskeyStore> change) {
        try (PasskeyStore elsewhere = PasskeyStore.open(
                new PasskeyConfiguration.Store(database, false), "/app", DEFAULTS, clock, new SecureRandom())) {
            change.accept(elsewhere);
        }
    }

    /** What an account gets for a passkey that was right. */
    public String ticket(Account account) {
        return issueTicket(account).text();
    }

    LogonTickets.Issued issueTicket(Account account) {
        return runtime.tickets()
                .issue(new LogonResult.Accepted(
                        account, Set.of("not asked"), Set.of(LogonMethod.PASSKEY), epoch(account)));
    }

    /** What the container's logon of this name is worth, with this of a ticket in the browser. */
    Optional<LogonResult> atContainer(String name, String follower) {
        return runtime.containerLogons().decide(name, follower, CLIENT);
    }

    private long epoch(Account account) {
        return ((LogonResult.Accepted) atContainer(account.name(), "").orElseThrow()).epoch();
    }

    public LogonResult redeem(String username, String ticket) {
        return runtime.authentication().authenticate(new LogonRequest.Ticket(username, ticket, CLIENT));
    }

    BegunCeremony beginLogon(String typedName) {
        return begun(runtime.authentication().beginLogon(typedName, CLIENT));
    }

    LogonResult logOn(BegunCeremony ceremony, Bytes answer) {
        return runtime.authentication().authenticate(new LogonRequest.Assertion(answer(ceremony, answer), CLIENT));
    }

    LogonResult logOn(BegunCeremony ceremony, SoftwareAuthenticator device) {
        return logOn(ceremony, assertion(ceremony, device));
    }

    LogonResult logOn(SoftwareAuthenticator device) {
        return logOn(beginLogon(""), device);
    }

    LogonResult logOn(String username, String password) {
        return runtime.authentication()
                .authenticate(new LogonRequest.Password(username, password.toCharArray(), CLIENT));
    }

    LogonResult logOn(String username, String password, ContainerRealm realm) {
        return runtime.authentication()
                .authenticate(new LogonRequest.Password(username, password.toCharArray(), CLIENT, realm));
    }

    static Bytes assertion(BegunCeremony ceremony, SoftwareAuthenticator device) {
        try {
            return bytes(device.get(ceremony.optionsJson(), ORIGIN));
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    static Bytes assertion(BegunCeremony ceremony, Lies lies) {
        return lies.getBytes(ceremony.optionsJson(), ORIGIN);
    }

    BegunCeremony beginBinding(Account account, LogonMethod proof, String name) {
        return beginBinding(account, proof, name, PasskeyUse.LOGON);
    }

    BegunCeremony beginBinding(Account account, LogonMethod proof, String name, PasskeyUse use) {
        return begun(runtime.passkeys().beginBinding(caller(account, proof), new PasskeyName(name), use));
    }

    BindResult bind(Account account, LogonMethod proof, BegunCeremony ceremony, SoftwareAuthenticator device) {
        return bind(caller(account, proof), ceremony, device);
    }

    BindResult bind(ProvenCaller caller, BegunCeremony ceremony, SoftwareAuthenticator device) {
        try {
            return runtime.passkeys().bind(caller, made(ceremony, device));
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** What a device makes for a ceremony that binds a passkey. */
    static CeremonyAnswer made(BegunCeremony ceremony, SoftwareAuthenticator device) throws CeremonyRefusedException {
        return answer(ceremony, bytes(device.create(ceremony.optionsJson(), ORIGIN)));
    }

    /** An account's first passkey, on this device. */
    void bindFirst(Account account, SoftwareAuthenticator device) {
        bindFirst(account, device, PasskeyUse.LOGON);
    }

    void bindFirst(Account account, SoftwareAuthenticator device, PasskeyUse use) {
        BegunCeremony ceremony = beginBinding(account, LogonMethod.PASSWORD, "First", use);
        BindResult result = bind(account, LogonMethod.PASSWORD, ceremony, device);
        if (!(result instanceof BindResult.Bound)) {
            throw new IllegalStateException(result.toString());
        }
    }

    /** Somebody who proved it just now. */
    ProvenCaller caller(Account account, LogonMethod proof) {
        return caller(account, proof, clock.instant());
    }

    static ProvenCaller caller(Account account, LogonMethod proof, Instant at) {
        return new ProvenCaller(account, 0, Proofs.by(proof, at), CLIENT);
    }

    static BegunCeremony begun(CeremonyStart start) {
        if (start instanceof CeremonyStart.Begun begun) {
            return begun.ceremony();
        }
        throw new IllegalStateException(start.toString());
    }

    static CeremonyAnswer answer(BegunCeremony ceremony, Bytes json) {
        return new CeremonyAnswer(json, Map.of(ceremony.tag(), ceremony.token()));
    }

    private static Bytes bytes(String json) {
        return Bytes.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
