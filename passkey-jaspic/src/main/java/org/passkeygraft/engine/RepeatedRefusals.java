package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Keeps a caller who repeats the same refused change from filling the audit trail: the first ten of a minute are recorded, and
 * the first one after that minute says how many were left out. Of bounded memory; thread-safe.
 */
final class RepeatedRefusals {
    private static final int RECORDED_A_MINUTE = 10;
    private static final int REMEMBERED = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Minute> minutes = new Recent();

    RepeatedRefusals(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts a refusal.
     *
     * @param key who was refused what, and why
     * @return how many like it were left out just before; empty if this one is to be left out too
     */
    synchronized OptionalInt count(String key) {
        Instant now = clock.instant();
        Minute minute = minutes.get(key);
        if (minute == null || !minute.holds(now)) {
            minutes.put(key, new Minute(now, 1));
            return OptionalInt.of(minute == null ? 0 : minute.omitted());
        }
        minutes.put(key, new Minute(minute.from(), minute.count() + 1));
        return minute.count() < RECORDED_A_MINUTE ? OptionalInt.of(0) : OptionalInt.empty();
    }

    /** What was counted since this moment. */
    private record Minute(Instant from, int count) {
        /** False too after the clock was set back. */
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(from.plus(MINUTE));
        }

        int omitted() {
            return Math.max(0, count - RECORDED_A_MINUTE);
        }
    }

    private static final class Recent extends LinkedHashMap<String, Minute> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Minute> eldest) {
            return size() > REMEMBERED;
        }
    }
}
