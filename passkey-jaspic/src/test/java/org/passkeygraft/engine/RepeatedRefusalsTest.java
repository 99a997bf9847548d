package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.passkeygraft.store.TestClock;

class RepeatedRefusalsTest {
    private final TestClock clock = new TestClock();
    private final RepeatedRefusals refusals = new RepeatedRefusals(clock);

    @Test
    void t127_countsTenAMinuteAndSaysHowManyWereLeftOut() {
        long recorded = IntStream.range(0, 1000)
                .filter(n -> refusals.count("alice").isPresent())
                .count();
        assertThat(recorded).isEqualTo(10);
        assertThat(refusals.count("bob")).hasValue(0);

        clock.advance(Duration.ofMinutes(1));
        assertThat(refusals.count("alice")).hasValue(990);
        assertThat(refusals.count("alice")).hasValue(0);
    }

    @Test
    void countsAnewAfterTheClockWasSetBack() {
        IntStream.range(0, 11).forEach(n -> refusals.count("alice"));
        clock.advance(Duration.ofHours(-1));

        assertThat(refusals.count("alice")).hasValue(1);
    }
}
