package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.eclipse.persistence.config.HintValues;
import org.eclipse.persistence.config.QueryHints;

/** What every use of a named query has in common. */
final class Queries {
    private Queries() {}

    /**
     * A query outside any transaction, whose rows the entity manager need not compare afterwards. Never inside one: there
     * EclipseLink runs a read-only query on another connection, which does not see what the transaction did, and waits
     * for ever once every connection belongs to somebody who waits for one more.
     */
    static <T> TypedQuery<T> readOnly(EntityManager entities, Class<T> type, String name) {
        return entities.createNamedQuery(name, type).setHint(QueryHints.READ_ONLY, HintValues.TRUE);
    }

    /** Inserts now, so that a key that is taken shows here and not after later statements. */
    static boolean insert(EntityManager entities, Object row) {
        entities.persist(row);
        entities.flush();
        return true;
    }
}
