package org.passkeygraft.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.UnavailableException;

/**
 * Checks passwords against stored hashes: only so many at once, in the order they came, and in a time that does not tell
 * whether there was a hash at all.
 */
final class PasswordHashes {
    private final HashFormats formats;
    private final Semaphore permits;
    private final Duration patience;
    private final EqualWork work = new EqualWork(new ProcessorTime());

    /**
     * Checks so many at once.
     *
     * @param patience how long a password waits for its turn
     */
    PasswordHashes(HashFormats formats, int atOnce, Duration patience) {
        this.formats = formats;
        this.permits = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /**
     * Whether the password is the one stored.
     *
     * @param stored null if there is no such account, or none with a password; costs the same
     * @throws UnavailableException if too many passwords are waiting already
     */
    boolean matches(@Nullable String stored, char[] password) {
        acquire();
        try {
            Optional<StoredHash> hash = Optional.ofNullable(stored).flatMap(formats::read);
            return work.matches(hash, password);
        } finally {
            permits.release();
        }
    }

    /** Whether it is a hash that some password could match, and that does not cost too much. */
    boolean canRead(String stored) {
        return formats.read(stored).isPresent();
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy(new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(e);
        }
    }

    private static UnavailableException busy(Exception cause) {
        return new UnavailableException("too many passwords are waiting to be checked", cause);
    }
}
