package org.passkeygraft.store;

import java.sql.SQLException;
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

    private final PersistenceUnit unit;
    private final InstantSource clock;

    RememberedStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    /**
     * Notes that the account's password was right just now, and which groups it has: those it had before are forgotten.
     *
     * @throws IllegalArgumentException if the groups cannot be kept
     */
    public void remember(String accountKey, Set<String> groups) {
        String text = RememberedRow.text(groups);
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

    private boolean replaced(String accountKey, String groups) {
        return unit.write(entities -> entities.createNamedQuery(RememberedRow.REPLACE)
                        .setParameter("key", accountKey)
                        .setParameter("groups", groups)
                        .setParameter("now", clock.instant())
                        .executeUpdate()
                == 1);
    }

    private boolean inserted(String accountKey, String groups) {
        return unit.writeUnlessTaken(
                        entities -> Queries.insert(entities, new RememberedRow(accountKey, groups, clock.instant())))
                .isPresent();
    }

    /** What is remembered under exactly this key, however old. */
    public Optional<RememberedAccount> byKey(String accountKey) {
        return unit.read(entities -> Queries.readOnly(entities, RememberedRow.class, RememberedRow.BY_KEY)
                .setParameter("key", accountKey)
                .getResultStream()
                .findFirst()
                .map(RememberedRow::toAccount)
                // The database may compare loosely; an account is not its namesake (T-111).
                .filter(account -> account.key().equals(accountKey)));
    }
}
