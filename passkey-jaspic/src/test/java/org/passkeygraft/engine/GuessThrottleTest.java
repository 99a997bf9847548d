package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.store.PasskeyStore;
import org.passkeygraft.store.TestClock;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;

/** Two servers on one database, of which each sees what failed on the other. */
final class GuessThrottleTest {
    private static final Account ALICE = new Account("Alice", "1");
    private static final Client HOME = new Client("192.0.2.1", "test");
    private static final int FREE = 10;

    private final TestClock clock = new TestClock();
    private final PasskeyConfiguration.Database database = TestDatabase.H2.fresh();
    private final Node node = new Node(database, true);
    private final Node other = new Node(database, true);

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    @Test
    void theFirstTriesAreFreeAndEachFurtherOneWaitsLonger() {
        fail("alice", FREE - 1);
        assertThat(delay("alice")).isEmpty();
        assertThat(delay("alice")).contains(Duration.ofSeconds(1));
        failAfterWaiting("alice", 1);
        assertThat(delay("alice")).contains(Duration.ofSeconds(2));
        failAfterWaiting("alice", 20);
        assertThat(delay("alice")).contains(Duration.ofSeconds(60));
    }

    /** What is being tried counts already: a burst gets no further than tries one after the other. */
    @ParameterizedTest
    @EnumSource
    void t63_noNumberOfTriesAtOnceOnTwoServersGetsPastTheLimit(TestDatabase kind) {
        PasskeyConfiguration.Database shared = kind.fresh();
        try (Node one = new Node(shared, true);
                Node two = new Node(shared, true)) {
            List<Optional<Duration>> tries = AtOnce.run(
                    60, guesser -> (guesser % 2 == 0 ? one : two).delay("alice", at("198.51.100." + guesser)));

            assertThat(tries).filteredOn(Optional::isEmpty).hasSizeBetween(1, FREE);
        }
    }

    /** A crowd behind one address, or one user's many clients: ten may fail, and none of these does. */
    @ParameterizedTest
    @CsvSource({"H2, 1, 16", "H2, 64, 64", "H2, 1, 64", "POSTGRESQL, 1, 16", "POSTGRESQL, 64, 64", "POSTGRESQL, 1, 64"})
    void t132_admitsAllRightPasswordsAtOnceOnTwoServers(TestDatabase kind, int users, int atOnce) {
        PasskeyConfiguration.Database shared = kind.fresh();
        try (Node one = new Node(shared, true);
                Node two = new Node(shared, true)) {
            List<Boolean> admitted = AtOnce.run(atOnce, guesser -> {
                Node server = guesser % 2 == 0 ? one : two;
                Consumer<Admission.Counted> right =
                        guesser % 4 < 2 ? Admission.Counted::forgive : Admission.Counted::takeBack;
                return server.decides("user" + guesser % users, HOME, right);
            });

            assertThat(admitted).hasSize(atOnce).containsOnly(true);
            assertThat(one.delay("user0", HOME)).isEmpty();
        }
    }

    @Test
    void t132_admitsRightPasswordsBesideWrongOnesBelowTheLimit() {
        List<Boolean> admitted = AtOnce.run(
                64,
                guesser -> node.decides(
                        "alice", HOME, guesser % 8 == 0 ? Admission.Counted::close : Admission.Counted::takeBack));

        assertThat(admitted).containsOnly(true);
    }

    @Test
    void t132_refusesAtOnceWhenFailuresAreDecided() {
        fail("alice", FREE);
        long before = System.nanoTime();

        assertThat(delay("alice")).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void t63_aVictimWaitsAMinuteAtMostBeforeTheNextTry() {
        failAfterWaiting("alice", 25);
        clock.advance(Duration.ofSeconds(60));
        assertThat(delay("alice")).isEmpty();
    }

    @Test
    void guessingSlowlyDoesNotStartTheCountAnew() {
        for (int i = 0; i < FREE + 2; i++) {
            failAfterWaiting("alice", 1);
            clock.advance(Duration.ofSeconds(60));
        }
        failAfterWaiting("alice", 1);
        assertThat(delay("alice").orElseThrow()).isGreaterThan(Duration.ofSeconds(1));
        clock.advance(Duration.ofMinutes(6));
        fail("alice", FREE - 1);
        assertThat(delay("alice")).isEmpty();
    }

    @Test
    void aRightPasswordForgivesTheWrongOnesOnEveryServer() {
        fail("alice", FREE - 1);
        other.admitted("ALICE ", HOME).forgive();
        assertThat(delay("alice")).isEmpty();
    }

    @Test
    void t98_aTryThatNobodyCouldDecideDoesNotCount() {
        for (int i = 0; i < 3 * FREE; i++) {
            node.admitted("alice", HOME).takeBack();
        }
        assertThat(delay("alice")).isEmpty();
    }

    @Test
    void t63_aClientThatPollsWithTheRightPasswordUndoesNoDelay() {
        fail("alice", FREE - 1);
        node.admitted("alice", HOME).takeBack();
        fail("alice", 1);
        assertThat(delay("alice")).isPresent();
    }

    @Test
    void t111_everySpellingOfANameSharesOneCounter() {
        fail("alice", 4);
        fail("ALICE", 3);
        fail(" alic\u00e9", 3);
        assertThat(delay("Alice ")).isPresent();
        assertThat(delay("bob")).isEmpty();

        fail("Bj\u00f8rn \u00c6\u0142ski", 10);
        assertThat(delay("bjorn aelski")).isPresent();
        fail("STRA\u1e9eE", 10);
        assertThat(delay("strasse")).isPresent();
    }

    @Test
    void t125_countsSpellingsThatATableMaySkipAsOneName() {
        fail("bob", 3);
        fail("b-ob", 3);
        fail("b--ob", 2);
        fail("bo b", 2);
        assertThat(delay("b.o.b")).isPresent();

        fail("---", FREE);
        assertThat(delay("...")).isEmpty();
    }

    @Test
    void t125_countsEverySpellingOfAKnownAccountAsOne() {
        for (int i = 0; i < FREE; i++) {
            ((Admission.Counted) node.guesses.admitPassword("alias" + i, ALICE, at("198.51.100." + i))).close();
        }
        assertThat(other.guesses.admitPassword("another", ALICE, HOME)).isInstanceOf(Admission.Wait.class);
        assertThat(delay("alias0")).isEmpty();
    }

    @Test
    void failuresOfOneAddressDelayItForEveryNameOnEveryServer() {
        for (int i = 0; i < 30; i++) {
            assertThat(node.delay("user" + i, HOME)).isEmpty();
        }
        assertThat(other.delay("somebody", HOME)).isPresent();
        assertThat(other.delay("somebody", at("192.0.2.2"))).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(other.delay("somebody", HOME)).isEmpty();
    }

    @Test
    void t118_wrongPasswordsElsewhereDelayNoBrowserThatTheUserLoggedOnWith() {
        Client known = knownTo(ALICE);
        failAfterWaiting("alice", FREE + 5);
        assertThat(delay("alice")).isPresent();

        assertThat(node.delay("alice", known)).isEmpty();
    }

    @Test
    void t118_aRightPasswordInAKnownBrowserForgivesNobodyElsesFailures() {
        Client known = knownTo(ALICE);
        fail("alice", FREE);
        node.admitted("alice", known).forgive();

        assertThat(delay("alice")).isPresent();
    }

    @Test
    void t63_aStolenDeviceCookieGivesNoMoreTriesThanAnybodyHas() {
        Client stolen = knownTo(ALICE);
        for (int i = 0; i < FREE; i++) {
            assertThat(node.delay("alice", at("198.51.100." + i, stolen))).isEmpty();
        }
        assertThat(other.delay("alice", at("198.51.100.99", stolen))).isPresent();
        assertThat(delay("alice")).isEmpty();
    }

    @Test
    void t63_aCookieOfAnotherAccountOrOfNobodyIsNone() {
        Client bobs = knownTo(new Account("bob", "2"));
        fail("alice", FREE);

        assertThat(node.delay("alice", bobs)).isPresent();
        assertThat(node.delay(
                        "alice",
                        new Client("192.0.2.3", "test", "1" + bobs.device().substring(1) + "A")))
                .isPresent();
        assertThat(node.delay("alice", new Client("192.0.2.3", "test", "x".repeat(5000))))
                .isPresent();
    }

    /** Who reads the database can seal what they like: every browser id that they make up is known. */
    @Test
    void t120_howeverManyBrowsersALeakedKeyMakesTheyFailAsOftenAsFour() {
        long admitted = IntStream.range(0, 20 * FREE)
                .filter(i -> node.delay("alice", at("198.51.100." + i, knownTo(ALICE)))
                        .isEmpty())
                .count();

        assertThat(admitted).isEqualTo(4 * FREE + FREE);
    }

    @Test
    void aBrowserIsKnownToThreeAccountsTheLastThatLoggedOn() {
        Client browser = knownTo(ALICE);
        for (String name : List.of("bob", "carol", "dave")) {
            browser = at("192.0.2.9", new Client("", "", node.devices.remember(Account.named(name), browser)));
        }
        assertThat(node.devices.known("dave", browser)).isPresent();
        assertThat(node.devices.known("bob", browser)).isPresent();
        assertThat(node.devices.known("alice", browser)).isEmpty();
    }

    @Test
    void aBrowserIsForgottenAYearAfterItsLastLogon() {
        Client browser = knownTo(ALICE);
        assertThat(node.devices.known("alice", browser)).isPresent();
        clock.advance(KnownDevices.LIFETIME);
        assertThat(node.devices.known("alice", browser)).isEmpty();
    }

    @Test
    void codesAreCountedLikePasswordsAndApart() {
        for (int i = 0; i < FREE; i++) {
            ((Admission.Counted) node.guesses.admitCode(ALICE, at("198.51.100." + i))).close();
        }
        assertThat(other.guesses.admitCode(ALICE, HOME)).isInstanceOf(Admission.Wait.class);
        assertThat(delay("alice")).isEmpty();
    }

    @Test
    void switchedOffItNeverDelays() {
        try (Node off = new Node(database, false)) {
            for (int i = 0; i < 100; i++) {
                assertThat(off.delay("alice", HOME)).isEmpty();
            }
            off.admitted("alice", HOME).forgive();
        }
    }

    private Client knownTo(Account account) {
        return new Client("192.0.2.1", "test", node.devices.remember(account, HOME));
    }

    private static Client at(String address) {
        return new Client(address, "test");
    }

    private static Client at(String address, Client browser) {
        return new Client(address, "test", browser.device());
    }

    private Optional<Duration> delay(String name) {
        return node.delay(name, HOME);
    }

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(other.delay(name, at("198.51.100." + i))).isEmpty();
        }
    }

    private void failAfterWaiting(String name, int times) {
        for (int i = 0; i < times; i++) {
            String address = "203.0.113." + i;
            node.delay(name, at(address)).ifPresent(delay -> {
                clock.advance(delay);
                assertThat(node.delay(name, at(address))).isEmpty();
            });
        }
    }

    /** One server. */
    private final class Node implements AutoCloseable {
        private final PasskeyStore store;
        private final KnownDevices devices;
        private final GuessThrottle guesses;

        Node(PasskeyConfiguration.Database database, boolean enabled) {
            SecureRandom random = new SecureRandom();
            store = PasskeyStore.open(
                    new PasskeyConfiguration.Store(database, true), "/app", PasskeyPolicy.STANDARD, clock, random);
            devices = new KnownDevices(
                    new Ceremonies(store.sealingKeys()::keys, "/app", "app.example", clock, random), random, clock);
            guesses = new GuessThrottle(
                    new PasskeyConfiguration.Throttle(enabled, FREE, Duration.ofMinutes(5), 30, 1000, 80),
                    store.failures(),
                    devices,
                    clock);
        }

        Optional<Duration> delay(String name, Client client) {
            Admission admission = guesses.admitPassword(name, null, client);
            if (admission instanceof Admission.Counted counted) {
                counted.close();
                return Optional.empty();
            }
            return Optional.of(((Admission.Wait) admission).retryAfter());
        }

        /** Checks for some milliseconds; false if it had to wait for later. */
        boolean decides(String name, Client client, Consumer<Admission.Counted> decision) {
            if (!(guesses.admitPassword(name, null, client) instanceof Admission.Counted admission)) {
                return false;
            }
            try (Admission.Counted counted = admission) {
                Thread.sleep(20);
                decision.accept(counted);
                return true;
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }

        Admission.Counted admitted(String name, Client client) {
            return (Admission.Counted) guesses.admitPassword(name, null, client);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
