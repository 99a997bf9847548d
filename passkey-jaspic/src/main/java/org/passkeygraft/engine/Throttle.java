package org.passkeygraft.engine;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.passkeygraft.config.PasskeyConfiguration;

/**
 * Slows down who guesses. An account's failures delay passwords for that account only, by at most a minute each; an
 * address's failures delay what comes from there. A verified passkey is never delayed, whatever was tried in its owner's
 * name.
 *
 * <p>Kept in memory, of bounded size: under a flood of made-up names the longest unused are forgotten. Thread-safe.
 */
final class Throttle {
    private static final int REMEMBERED = 20_000;
    private static final int LONGEST_DELAY_EXPONENT = 6;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);
    private static final Duration ADDRESS_WINDOW = Duration.ofMinutes(1);

    private final PasskeyConfiguration.Throttle limits;
    private final InstantSource clock;
    private final Map<String, Failures> accounts = new Recent();
    private final Map<String, Failures> addresses = new Recent();
    private final Map<String, Failures> beginnings = new Recent();

    Throttle(PasskeyConfiguration.Throttle limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Lets a password be tried, or says how long it has to wait. What is let through counts as failed from now on, so that
     * no number of tries at once gets past the limits; {@link #passwordSucceeded} and {@link #passwordUndecided} take it
     * back.
     */
    synchronized Optional<Duration> admitPassword(String typedName, String address) {
        Optional<Duration> delay = delayOfAddress(address).or(() -> delayOfAccount(typedName));
        if (delay.isEmpty()) {
            countAccount(account(typedName));
            countAddress(addresses, network(address));
        }
        return delay;
    }

    /** How long whatever fails from this address has to wait; empty if not at all. */
    synchronized Optional<Duration> delayOfAddress(String address) {
        return waitWhileOver(addresses, network(address), limits.addressFailures());
    }

    /** Counts the begin of a ceremony; says how long to wait once an address begins too many. */
    synchronized Optional<Duration> begin(String address) {
        Optional<Duration> delay = waitWhileOver(beginnings, network(address), limits.addressBeginnings());
        if (delay.isEmpty()) {
            countAddress(beginnings, network(address));
        }
        return delay;
    }

    synchronized void assertionFailed(String address) {
        countAddress(addresses, network(address));
    }

    /** The right password forgives the account's wrong ones. */
    synchronized void passwordSucceeded(String typedName, String address) {
        accounts.remove(account(typedName));
        takeBack(addresses, network(address));
    }

    /** Nobody could tell whether the password was right, or it was, but forgives nothing. */
    synchronized void passwordUndecided(String typedName, String address) {
        takeBack(accounts, account(typedName));
        takeBack(addresses, network(address));
    }

    private static void takeBack(Map<String, Failures> counted, String key) {
        Failures failures = counted.get(key);
        if (failures != null) {
            counted.put(key, failures.oneLess());
        }
    }

    private Optional<Duration> delayOfAccount(String typedName) {
        Failures failures = accounts.get(account(typedName));
        if (!limits.enabled() || failures == null || failures.count() < limits.accountFailures()) {
            return Optional.empty();
        }
        int exponent = Math.min(failures.count() - limits.accountFailures(), LONGEST_DELAY_EXPONENT);
        Duration delay = Duration.ofSeconds(Math.min(1L << exponent, LONGEST_DELAY.toSeconds()));
        return remaining(failures.last().plus(delay));
    }

    private Optional<Duration> waitWhileOver(Map<String, Failures> counted, String key, int limit) {
        Failures failures = counted.get(key);
        if (!limits.enabled() || failures == null || failures.count() < limit) {
            return Optional.empty();
        }
        return remaining(failures.first().plus(ADDRESS_WINDOW));
    }

    private Optional<Duration> remaining(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** Goes on counting while failures come; a pause of a whole window forgives them. */
    private void countAccount(String key) {
        Instant now = clock.instant();
        accounts.merge(
                key,
                new Failures(1, now, now),
                (before, first) ->
                        before.last().plus(limits.accountWindow()).isAfter(now) ? before.another(now) : first);
    }

    /** Counts by the minute. */
    private void countAddress(Map<String, Failures> counted, String key) {
        Instant now = clock.instant();
        counted.merge(
                key,
                new Failures(1, now, now),
                (before, first) -> before.first().plus(ADDRESS_WINDOW).isAfter(now) ? before.another(now) : first);
    }

    /** One key for every spelling that some user table would take for the same name. */
    private static String account(String typedName) {
        String decomposed = Normalizer.normalize(typedName.strip(), Normalizer.Form.NFKD);
        return decomposed.replaceAll("\\p{M}", "").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Who has one IPv6 address has the whole /64. */
    private static String network(String address) {
        boolean version4 = address.indexOf(':') < 0;
        return version4
                ? address
                : IpAddress.octets(address)
                        .map(octets -> HexFormat.of().formatHex(octets, 0, octets.length / 2))
                        .orElse(address);
    }

    private record Failures(int count, Instant first, Instant last) {
        Failures another(Instant now) {
            return new Failures(count + 1, first, now);
        }

        Failures oneLess() {
            return new Failures(count - 1, first, last);
        }
    }

    private static final class Recent extends LinkedHashMap<String, Failures> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    }
}
