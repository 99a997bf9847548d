package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
        return unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, Object[].class, ContactRow.BY_KEY)
                                .setParameter("key", accountKey)
                                .getResultStream(),
                        row -> (String) row[0],
                        accountKey)
                .map(row -> ((ContactRow) row[1]).toContact()));
    }

    /**
     * Keeps a contact that was just verified.
     *
     * @param owner as of the epoch of the session that asks for it
     * @param usableFrom when codes begin to go to it; until then they go where they go now
     * @return whom notices reached until now; empty, and nothing changed, if that session ended meanwhile
     */
    public Optional<List<Contact>> replace(PasskeyUser owner, Contact contact, Instant usableFrom) {
        return unit.write(entities -> {
            if (!UserStore.holds(entities, owner)) {
                return Optional.empty();
            }
            Instant now = clock.instant();
            Optional<UserContact> before = takeOut(entities, owner.handle());
            UserContact replacement = new UserContact(
                    contact,
                    now,
                    usableFrom,
                    before.flatMap(old -> old.forCodes(now)).orElse(null));
            Queries.insert(entities, new ContactRow(owner.handle(), replacement));
            return Optional.of(before.map(old -> old.forNotices(now)).orElse(List.of()));
        });
    }

    /**
     * Forgets every contact of the user.
     *
     * @param owner as of the epoch of the session that asks for it
     * @return whom notices reached until now; empty, and nothing changed, if that session ended meanwhile
     */
    public Optional<List<Contact>> remove(PasskeyUser owner) {
        return unit.write(entities -> {
            if (!UserStore.holds(entities, owner)) {
                return Optional.empty();
            }
            Optional<UserContact> before = takeOut(entities, owner.handle());
            return Optional.of(
                    before.map(old -> old.forNotices(clock.instant())).orElse(List.of()));
        });
    }

    /** For who holds the user's row. */
    private static Optional<UserContact> takeOut(EntityManager entities, UserHandle owner) {
        Optional<UserContact> before = entities.createNamedQuery(ContactRow.OF, ContactRow.class)
                .setParameter("owner", owner.toString())
                .getResultStream()
                .findFirst()
                .map(ContactRow::toContact);
        removeAll(entities, owner.toString());
        entities.clear();
        return before;
    }

    static void removeAll(EntityManager entities, String owner) {
        entities.createNamedQuery(ContactRow.REMOVE)
                .setParameter("owner", owner)
                .executeUpdate();
    }
}
