package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets the first of many equal things through in each minute. Of bounded memory; thread-safe. */
final class OncePerMinute {
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Instant> seen = new Recent();

    OncePerMinute(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean lets(String key) {
        Instant now = clock.instant();
        Instant last = seen.get(key);
        if (last != null && !now.isBefore(last) && now.isBefore(last.plus(Duration.ofMinutes(1)))) {
            return false;
        }
        seen.put(key, now);
        return true;
    }

    private static final class Recent extends LinkedHashMap<String, Instant> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    }
}
