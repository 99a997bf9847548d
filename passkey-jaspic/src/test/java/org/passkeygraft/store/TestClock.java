package org.passkeygraft.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that the thread of a test moves. */
public final class TestClock implements InstantSource {
    private volatile Instant now = Fixture.NOW;

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }
}
