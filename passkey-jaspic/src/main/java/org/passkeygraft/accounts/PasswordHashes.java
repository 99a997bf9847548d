package org.passkeygraft.accounts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.UnavailableException;

/**
 * Checks passwords against stored hashes: only so many at once, in the order they came, and in a time that does not tell
 * whether there was a hash at all.
 */
final class PasswordHashes {
    private static final Logger LOG = System.getLogger(PasswordHashes.class.getName());

    /** What an unknown name costs until a first hash has been seen: what most tables hold. */
    private static final Derivation FIRST_GUESS = new Bcrypt(10, Bytes.of(new byte[16]));

    private final HashFormats formats;
    private final Semaphore permits;
    private final Duration patience;
    private final AtomicReference<@Nullable Derivation> dearest = new AtomicReference<>();

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
            if (stored != null && hash.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "a stored password hash is in no format known, or would cost too much: it lets nobody in; see password-format");
            }
            hash.map(StoredHash::derivation).ifPresent(this::remember);
            boolean right = hash.isPresent() && hash.get().matches(password);
            lengthen(hash, password);
            return right;
        } finally {
            permits.release();
        }
    }

    private void remember(Derivation seen) {
        dearest.updateAndGet(before -> before == null || seen.cost() > before.cost() ? seen : before);
    }

    /** An unknown name, or an account that kept its cheap hash, must not be known by its quick refusal (T-62). */
    private void lengthen(Optional<StoredHash> checked, char[] password) {
        Derivation seen = dearest.get();
        Derivation decoy = seen == null ? FIRST_GUESS : seen;
        long spent = checked.map(hash -> hash.derivation().cost()).orElse(0L);
        if (2 * spent < decoy.cost()) {
            decoy.derive(password);
        }
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
