package org.passkeygraft.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.UnavailableException;

/**
 * What password logons told of accounts that cannot be asked without a password. Used by any number of threads and
 * servers at once: the last logon counts. Every method throws {@link UnavailableException} if the database cannot answer
 * now.
 */
public final class RememberedStore {
    private static final int ATTEMPTS = 3;
    /** Clients that bring the password with each request do not write at each; half of the least maximum age. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final PersistenceUnit unit;
    private final InstantSource clock;

    RememberedStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    /**
     * Notes that the account's password was right just now, and which groups it has: those it had before are forgotten. What
     * was noted in the last 30 seconds and is still true stays as it is.
     *
     * @throws IllegalArgumentException if the groups cannot be kept
     */
    public void remember(String accountKey, Set<String> groups) {
        String text = RememberedRow.text(groups);
        if (byKey(accountKey).filter(known -> isStillTrue(known, groups)).isPresent()) {
            return;
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            boolean done = replaced(accountKey, text) || inserted(accountKey, text);
            if (done) {
                return;
            }
            // Another thread or server inserted the row between the two: now it can be replaced.
        }
        throw new UnavailableException(
                "an account's row is fought over", new SQLException("no success in " + ATTEMPTS + " attempts"));
    }

    /** Also after the clock was set back. */
    private boolean isStillTrue(RememberedAccount known, Set<String> groups) {
        return known.groups().equals(groups)
                && Duration.between(known.at(), clock.instant()).abs().compareTo(FRESH) < 0;
    }

    private boolean replaced(String accountKey, String groups) {
        return unit.write(entities -> {
            // Where a column compares loosely, the update would meet the row of another account.
            ExactKey.only(
                    entities.createNamedQuery(RememberedRow.BY_KEY, RememberedRow.class)
                            .setParameter("key", accountKey)
                            .getResultStream(),
                    RememberedRow::accountKey,
                    accountKey);
            return entities.createNamedQuery(RememberedRow.REPLACE)
                            .setParameter("key", accountKey)
                            .setParameter("groups", groups)
                            .setParameter("now", clock.instant())
                            .executeUpdate()
                    == 1;
        });
    }

    private boolean inserted(String accountKey, String groups) {
        return unit.writeUnlessTaken(
                        entities -> Queries.insert(entities, new RememberedRow(accountKey, groups, clock.instant())))
                .isPresent();
    }

    /** What is remembered under exactly this key, however old. */
    public Optional<RememberedAccount> byKey(String accountKey) {
        return unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, RememberedRow.class, RememberedRow.BY_KEY)
                                .setParameter("key", accountKey)
                                .getResultStream(),
                        RememberedRow::accountKey,
                        accountKey)
                .map(RememberedRow::toAccount));
    }
}
