package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.Contact;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;

/**
 * Where users are reached. Changes of one user's queue up at the user's row. Used by any number of threads at once; every
 * method throws {@link UnavailableException} if the database cannot answer now, and then has changed nothing.
 */
public final class ContactStore {
    private final PersistenceUnit unit;
    private final InstantSource clock;

    ContactStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    public Optional<UserContact> byKey(String accountKey) {
        return unit.read(entities -> Queries.readOnly(entities, ContactRow.class, ContactRow.BY_KEY)
                .setParameter("key", accountKey)
                .getResultStream()
                .findFirst()
                .map(ContactRow::toContact));
    }

    /**
     * Keeps a contact that was just verified.
     *
     * @param wait until codes go to it; meanwhile they go where they go now
     * @return what there was before
     */
    public Optional<UserContact> replace(UserHandle owner, Contact contact, Duration wait) {
        return unit.write(entities -> {
            Instant now = clock.instant();
            Optional<UserContact> before = takeOut(entities, owner);
            UserContact replacement = new UserContact(
                    contact,
                    now,
                    now.plus(wait),
                    before.flatMap(old -> old.forCodes(now)).orElse(null));
            Queries.insert(entities, new ContactRow(owner, replacement));
            return before;
        });
    }

    /**
     * Forgets every contact of the user.
     *
     * @return what there was
     */
    public Optional<UserContact> remove(UserHandle owner) {
        return unit.write(entities -> takeOut(entities, owner));
    }

    private static Optional<UserContact> takeOut(EntityManager entities, UserHandle owner) {
        UserStore.hold(entities, owner.toString());
        Optional<UserContact> before = entities.createNamedQuery(ContactRow.OF, ContactRow.class)
                .setParameter("owner", owner.toString())
                .getResultStream()
                .findFirst()
                .map(ContactRow::toContact);
        entities.createNamedQuery(ContactRow.REMOVE)
                .setParameter("owner", owner.toString())
                .executeUpdate();
        entities.clear();
        return before;
    }
}
