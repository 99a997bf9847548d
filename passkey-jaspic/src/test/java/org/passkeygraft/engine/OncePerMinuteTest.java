package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.passkeygraft.store.TestClock;

final class OncePerMinuteTest {
    private final TestClock clock = new TestClock();
    private final OncePerMinute gate = new OncePerMinute(clock);

    @Test
    void theFirstOfAMinuteIsLetThrough() {
        assertThat(gate.lets("alice")).isTrue();
        assertThat(gate.lets("bob")).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(gate.lets("alice")).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(gate.lets("alice")).isTrue();
        assertThat(gate.lets("alice")).isFalse();
    }

    @Test
    void whatIsForgottenIsLetThroughAgainRatherThanKept() {
        assertThat(gate.lets("first")).isTrue();
        for (int i = 0; i < 10_000; i++) {
            gate.lets("other " + i);
        }
        assertThat(gate.lets("first")).isTrue();
    }
}
