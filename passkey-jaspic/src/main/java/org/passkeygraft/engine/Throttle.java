package org.passkeygraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.store.Failures;

/**
 * Slows down an address that pours in answers which no passkey gave, or begins ceremonies without end. What is checked
 * before any statement must cost none: counted in memory, by each server for itself. What is guessed is counted by
 * {@link GuessThrottle}.
 *
 * <p>Of bounded size: under a flood from everywhere the longest unused are forgotten. Thread-safe.
 */
final class Throttle {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final boolean enabled;
    private final Counters failures;
    private final Counters beginnings;

    Throttle(PasskeyConfiguration.Throttle limits, InstantSource clock) {
        this.enabled = limits.enabled();
        this.failures = new Counters(new FailureRule(limits.addressFailures(), WINDOW, false), clock);
        this.beginnings = new Counters(new FailureRule(limits.addressBeginnings(), WINDOW, false), clock);
    }

    /** How long answers from this address that fail have to wait; empty if not at all. */
    Optional<Duration> delayOfAddress(String address) {
        return enabled ? failures.delay(IpAddress.network(address)) : Optional.empty();
    }

    void assertionFailed(String address) {
        failures.count(IpAddress.network(address));
    }

    /** Counts the begin of a ceremony; says how long to wait once an address begins too many. */
    Optional<Duration> begin(String address) {
        return enabled ? beginnings.countUnlessDelayed(IpAddress.network(address)) : Optional.empty();
    }

    /** The longest unused is forgotten first. */
    private static final class Counters extends LinkedHashMap<String, Failures> {
        private static final long serialVersionUID = 1;
        private static final int REMEMBERED = 20_000;

        private final transient FailureRule rule;
        private final transient InstantSource clock;

        Counters(FailureRule rule, InstantSource clock) {
            super(16, 0.75f, true);
            this.rule = rule;
            this.clock = clock;
        }

        synchronized Optional<Duration> delay(String key) {
            return rule.delay(get(key), clock.instant());
        }

        synchronized void count(String key) {
            put(key, rule.another(key, get(key), clock.instant()));
        }

        synchronized Optional<Duration> countUnlessDelayed(String key) {
            Optional<Duration> delay = delay(key);
            if (delay.isEmpty()) {
                count(key);
            }
            return delay;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    }
}
