package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.Client;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.accounts.ConfiguredAccounts;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasskeyExtension;
import org.passkeygraft.spi.PasswordVerifier;
import org.passkeygraft.store.DataSources;
import org.passkeygraft.store.OpenedDataSource;
import org.passkeygraft.store.TestDatabase;

/** What hangs holds a bounded number of threads; whoever comes then is refused soon (T-124). */
final class BoundedWaitingTest {
    private static final int PLACES = 80;
    /** Much longer than a refusal takes, much shorter than any wait. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final Account ALICE = Account.named("alice");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch busy = new CountDownLatch(PLACES);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        threads.shutdownNow();
    }

    @Test
    void t124_refusesPasswordsSoonWhileEightyAreBeingChecked() throws Exception {
        ContainerRealm hanging = (name, password) -> hang(Optional.of(new Caller(name, Set.of("user"))));
        Accounts.Container container = new Accounts.Container(Duration.ofHours(12));
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, container)) {
            List<Future<Boolean>> checks =
                    fill(index -> () -> logOn(engine, "user" + index, hanging) instanceof Accepted);

            assertRefusedSoon(() -> logOn(engine, "late", hanging));
            engine.beginLogon("");

            released.countDown();
            for (Future<Boolean> check : checks) {
                assertThat(check.get(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(logOn(engine, "late", hanging)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void t124_refusesQuestionsSoonWhileEightyWaitForTheDirectory() throws Exception {
        CallerDirectory hanging = new CallerDirectory() {
            @Override
            public Optional<Entry> find(String accountKey) {
                return hang(Optional.of(new Entry(ALICE, true, Set.of())));
            }

            @Override
            public Optional<Account> resolve(String username) {
                return hang(Optional.of(ALICE));
            }
        };
        PasswordVerifier none = (name, password) -> Optional.empty();
        try (ConfiguredAccounts accounts = ConfiguredAccounts.of(new PasskeyExtension.Accounts(none, hanging))) {
            List<Future<Boolean>> questions =
                    fill(index -> () -> accounts.directory().find("alice").isPresent());

            assertRefusedSoon(() -> accounts.directory().find("alice"));
            assertRefusedSoon(() -> accounts.directory().resolve("alice"));
            assertRefusedSoon(() -> accounts.hasPassword("alice"));

            released.countDown();
            for (Future<Boolean> question : questions) {
                assertThat(question.get(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(accounts.directory().find("alice")).isPresent();
        }
    }

    @Test
    void t124_refusesConnectionsSoonWhileEightyWaitForOne() throws Exception {
        OpenedDataSource database = DataSources.open(TestDatabase.H2.fresh(), "waiting");
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                taken.add(database.dataSource().getConnection());
            }
            fill(index -> () -> {
                busy.countDown();
                return isConnected(database);
            });
            Thread.sleep(500);

            long before = System.nanoTime();
            assertThatThrownBy(() -> database.dataSource().getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("too many threads are waiting");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
            assertThat(isConnected(database)).isTrue();
            database.close().run();
        }
    }

    private static boolean isConnected(OpenedDataSource database) {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException refused) {
            return false;
        }
    }

    /** Many threads that do the work, all of which hang when this returns. */
    private List<Future<Boolean>> fill(IntFunction<Supplier<Boolean>> work) throws InterruptedException {
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            Supplier<Boolean> one = work.apply(i);
            results.add(threads.submit(one::get));
        }
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        return results;
    }

    private <T> T hang(T answer) {
        busy.countDown();
        try {
            released.await();
            return answer;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void assertRefusedSoon(ThrowingCallable work) {
        long before = System.nanoTime();
        assertThatThrownBy(work).isInstanceOf(UnavailableException.class).hasMessageContaining("too many");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
    }

    private static Object logOn(EngineUnderTest engine, String name, ContainerRealm realm) {
        return engine.runtime()
                .authentication()
                .authenticate(new LogonRequest.Password(
                        name, "secret".toCharArray(), new Client("192.0.2.1", "test"), realm));
    }
}
