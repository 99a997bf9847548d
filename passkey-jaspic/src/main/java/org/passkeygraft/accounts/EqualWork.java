package org.passkeygraft.accounts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.passkeygraft.Bytes;

/**
 * Gives each check of a password as much work as the dearest stored hash that was seen takes, so that the time of an
 * answer tells neither an unknown name nor an account that kept a cheaper hash (T-62). Which hash is the dearest, and by
 * how much, is measured.
 *
 * <p>The difference is worked off, not slept: so it grows like the hash itself when the machine is busy, and whoever
 * loads the machine learns no more. Thread-safe.
 */
final class EqualWork {
    /** What an unknown name costs until a first hash has been seen: what most tables hold. */
    private static final Derivation FIRST_GUESS = new Bcrypt(10, Bytes.of(new byte[16]));
    /** More kinds of hash than a user table has; beyond that the cheapest are forgotten. */
    private static final int REMEMBERED = 32;
    /** Some 20 microseconds of work between two looks at the clock. */
    private static final int DIGESTS = 100;

    private static final int DIGEST_LENGTH = 32;

    private final LongSupplier clock;
    /** By the derivation without its salt. Guarded by this. */
    private final Map<Derivation, RecentTimes> seen = new HashMap<>();

    /** @param clock the processor time of the current thread, in nanoseconds */
    EqualWork(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Whether the password is that of the hash.
     *
     * @param hash empty if there is none, which takes as long
     */
    boolean matches(Optional<StoredHash> hash, char[] password) {
        long started = clock.getAsLong();
        if (hash.isEmpty()) {
            work(password, started);
            return false;
        }
        boolean right = hash.get().matches(password);
        measured(hash.get().derivation().unsalted(), clock.getAsLong() - started);
        fill(started);
        return right;
    }

    /** The very work of the dearest hash, so that it also varies alike. */
    private void work(char[] password, long started) {
        Optional<Derivation> dearest = dearest();
        dearest.orElse(FIRST_GUESS).derive(password);
        dearest.ifPresent(derivation -> measured(derivation, clock.getAsLong() - started));
    }

    private synchronized Optional<Derivation> dearest() {
        return seen.entrySet().stream().max(byTime()).map(Map.Entry::getKey);
    }

    private synchronized long dearestTime() {
        return dearest().map(seen::get).map(RecentTimes::typical).orElse(0L);
    }

    private synchronized void measured(Derivation derivation, long nanos) {
        seen.computeIfAbsent(derivation, unknown -> new RecentTimes()).add(nanos);
        if (seen.size() > REMEMBERED) {
            seen.entrySet().stream().min(byTime()).map(Map.Entry::getKey).ifPresent(seen::remove);
        }
    }

    private static Comparator<Map.Entry<Derivation, RecentTimes>> byTime() {
        return Comparator.comparingLong(entry -> entry.getValue().typical());
    }

    private void fill(long started) {
        long due = dearestTime();
        byte[] block = new byte[DIGEST_LENGTH];
        while (clock.getAsLong() - started < due) {
            block = digested(block);
        }
    }

    private static byte[] digested(byte[] block) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] next = block;
            for (int i = 0; i < DIGESTS; i++) {
                next = digest.digest(next);
            }
            return next;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
