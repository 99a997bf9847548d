package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.Collection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;

/**
 * The recovery codes that users have not used yet, by their digests. Used by any number of threads at once; every method
 * throws {@link UnavailableException} if the database cannot answer now, and then has changed nothing.
 */
public final class RecoveryCodeStore {
    private final PersistenceUnit unit;
    private final InstantSource clock;

    RecoveryCodeStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    /** How many the account has left. */
    public int remaining(String accountKey) {
        return unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, Object[].class, RecoveryCodeRow.REMAINING)
                                .setParameter("key", accountKey)
                                .getResultStream(),
                        row -> (String) row[0],
                        accountKey)
                .map(row -> ((Number) row[1]).intValue())
                .orElse(0));
    }

    /**
     * Keeps these and no others; those of two at once queue up at the user's row.
     *
     * @param owner as of the epoch of the session that asks for it
     * @return false, and nothing changed, if that session ended meanwhile
     */
    public boolean replace(PasskeyUser owner, Collection<String> digests) {
        return unit.write(entities -> {
            if (!UserStore.holds(entities, owner)) {
                return false;
            }
            removeAll(entities, owner.handle().toString());
            digests.forEach(
                    digest -> Queries.insert(entities, new RecoveryCodeRow(owner.handle(), digest, clock.instant())));
            return true;
        });
    }

    /** Uses one: of any number of uses at once one counts. */
    public boolean use(UserHandle owner, String digest) {
        return unit.write(entities -> entities.createNamedQuery(RecoveryCodeRow.USE)
                        .setParameter("owner", owner.toString())
                        .setParameter("digest", digest)
                        .executeUpdate()
                == 1);
    }

    static int removeAll(EntityManager entities, String owner) {
        return entities.createNamedQuery(RecoveryCodeRow.REMOVE)
                .setParameter("owner", owner)
                .executeUpdate();
    }
}
