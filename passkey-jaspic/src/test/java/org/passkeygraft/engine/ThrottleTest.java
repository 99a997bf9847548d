package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.store.TestClock;

class ThrottleTest {
    private static final String HOME = "192.0.2.1";

    private final TestClock clock = new TestClock();
    private final Throttle throttle = throttle(true);

    @Test
    void failuresOfOneAddressDelayItForAMinuteAndNoOther() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.delayOfAddress(HOME)).isEmpty();
            throttle.assertionFailed(HOME);
        }
        assertThat(throttle.delayOfAddress(HOME)).contains(Duration.ofMinutes(1));
        assertThat(throttle.delayOfAddress("192.0.2.2")).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(throttle.delayOfAddress(HOME)).isEmpty();
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
        clock.advance(Duration.ofSeconds(61));
        assertThat(throttle.begin(HOME)).isEmpty();
    }

    @Test
    void switchedOffItNeverDelays() {
        Throttle off = throttle(false);
        for (int i = 0; i < 2000; i++) {
            off.assertionFailed(HOME);
            assertThat(off.delayOfAddress(HOME)).isEmpty();
            assertThat(off.begin(HOME)).isEmpty();
        }
    }

    private Throttle throttle(boolean enabled) {
        return new Throttle(
                new PasskeyConfiguration.Throttle(enabled, 10, Duration.ofMinutes(5), 100, 1000, 80), clock);
    }
}
