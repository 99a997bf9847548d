package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.passkeygraft.config.PasskeyConfiguration;

class ThrottleTest {
    private static final String HOME = "192.0.2.1";

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final Throttle throttle = throttle(true);

    @Test
    void tenTriesAreFreeAndEachFurtherOneWaitsLonger() {
        fail("alice", 9);
        assertThat(admit("alice")).isEmpty();
        assertThat(admit("alice")).contains(Duration.ofSeconds(1));
        failAfterWaiting("alice", 1);
        assertThat(admit("alice")).contains(Duration.ofSeconds(2));
        failAfterWaiting("alice", 20);
        assertThat(admit("alice")).contains(Duration.ofSeconds(60));
    }

    /** What is being tried counts already: a burst gets no further than tries one after the other. */
    @Test
    void t63_noNumberOfTriesAtOnceGetsPastTheLimit() {
        long admitted = IntStream.range(0, 500)
                .filter(i ->
                        throttle.admitPassword("alice", "198.51.100." + i % 250).isEmpty())
                .count();
        assertThat(admitted).isEqualTo(10);
    }

    @Test
    void t63_aVictimWaitsAMinuteAtMostBeforeTheNextTry() {
        failAfterWaiting("alice", 50);
        now = now.plusSeconds(60);
        assertThat(admit("alice")).isEmpty();
    }

    @Test
    void guessingSlowlyDoesNotStartTheCountAnew() {
        for (int i = 0; i < 12; i++) {
            failAfterWaiting("alice", 1);
            now = now.plusSeconds(60);
        }
        failAfterWaiting("alice", 1);
        assertThat(admit("alice").orElseThrow()).isGreaterThan(Duration.ofSeconds(1));
        now = now.plus(Duration.ofMinutes(6));
        fail("alice", 9);
        assertThat(admit("alice")).isEmpty();
    }

    @Test
    void aRightPasswordForgivesTheWrongOnes() {
        fail("alice", 9);
        assertThat(admit("alice")).isEmpty();
        throttle.passwordSucceeded("ALICE ", HOME);
        assertThat(admit("alice")).isEmpty();
    }

    @Test
    void t98_aTryThatNobodyCouldDecideDoesNotCount() {
        for (int i = 0; i < 50; i++) {
            assertThat(admit("alice")).isEmpty();
            throttle.passwordUndecided("alice", HOME);
        }
    }

    @Test
    void t63_aClientThatPollsWithTheRightPasswordUndoesNoDelay() {
        fail("alice", 9);
        assertThat(admit("alice")).isEmpty();
        throttle.passwordUndecided("alice", HOME);
        fail("alice", 1);
        assertThat(admit("alice")).isPresent();
    }

    @Test
    void t111_everySpellingOfANameSharesOneCounter() {
        fail("alice", 4);
        fail("ALICE", 3);
        fail(" alic\u00e9", 3);
        assertThat(admit("Alice ")).isPresent();
        assertThat(admit("bob")).isEmpty();
    }

    @Test
    void failuresOfOneAddressDelayItForEveryName() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.admitPassword("user" + i, HOME)).isEmpty();
        }
        assertThat(throttle.admitPassword("somebody", HOME)).isPresent();
        assertThat(throttle.admitPassword("somebody", "192.0.2.2")).isEmpty();
        now = now.plusSeconds(61);
        assertThat(throttle.admitPassword("somebody", HOME)).isEmpty();
    }

    @Test
    void whoHasOneAddressOfVersion6HasTheWholeNetwork() {
        for (int i = 0; i < 100; i++) {
            throttle.assertionFailed("2001:db8:0:1:0:0:0:" + Integer.toHexString(i));
        }
        assertThat(throttle.delayOfAddress("2001:db8:0:1::ffff")).isPresent();
        assertThat(throttle.delayOfAddress("2001:db8:0:2::1")).isEmpty();
    }

    @Test
    void t36_anAddressBeginsOnlySoManyCeremoniesAMinute() {
        for (int i = 0; i < 1000; i++) {
            assertThat(throttle.begin(HOME)).isEmpty();
        }
        assertThat(throttle.begin(HOME)).isPresent();
        now = now.plusSeconds(61);
        assertThat(throttle.begin(HOME)).isEmpty();
    }

    @Test
    void switchedOffItNeverDelays() {
        Throttle off = throttle(false);
        for (int i = 0; i < 2000; i++) {
            assertThat(off.admitPassword("alice", HOME)).isEmpty();
            assertThat(off.begin(HOME)).isEmpty();
        }
    }

    private Optional<Duration> admit(String name) {
        return throttle.admitPassword(name, HOME);
    }

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(throttle.admitPassword(name, "198.51.100." + i)).isEmpty();
        }
    }

    private void failAfterWaiting(String name, int times) {
        for (int i = 0; i < times; i++) {
            throttle.admitPassword(name, "203.0.113." + i).ifPresent(delay -> {
                now = now.plus(delay);
                assertThat(throttle.admitPassword(name, "203.0.113.250")).isEmpty();
            });
        }
    }

    private Throttle throttle(boolean enabled) {
        InstantSource clock = () -> now;
        return new Throttle(new PasskeyConfiguration.Throttle(enabled, 10, Duration.ofMinutes(5), 100, 1000), clock);
    }
}
