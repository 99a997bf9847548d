package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.UnavailableException;

/**
 * Rights to be used once, each known here by its digest only. Of any number of uses at once, on any number of servers, one
 * counts. Used by any number of threads at once. Every method throws {@link UnavailableException} if the database cannot
 * answer now, and then has changed nothing.
 */
public final class GrantStore {
    private static final int SECRET_BYTES = 32;

    private final PersistenceUnit unit;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Purge purge;

    GrantStore(PersistenceUnit unit, InstantSource clock, SecureRandom random) {
        this.unit = unit;
        this.clock = clock;
        this.random = random;
        this.purge = new Purge(unit, clock, GrantRow.PURGE);
    }

    /**
     * Gives a right.
     *
     * @return what its holder must show: 43 characters of base64url that are kept nowhere here
     */
    public String issue(GrantKind kind, Account account, long epoch, String detail, Duration lifetime) {
        Draft draft = draft(kind, account, epoch, detail, lifetime);
        unit.write(entities -> Queries.insert(entities, new GrantRow(draft.grant())));
        purge();
        return draft.shown();
    }

    /** A right that nobody has yet, for a transaction that does more than giving it. */
    Draft draft(GrantKind kind, Account account, long epoch, String detail, Duration lifetime) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Bytes shown = Bytes.of(secret);
        Instant now = clock.instant();
        return new Draft(
                shown.base64url(),
                new Grant(shown.sha256().base64url(), kind, account, epoch, detail, now, now.plus(lifetime)));
    }

    /** @param shown what its holder must show */
    record Draft(String shown, Grant grant) {}

    /** The right that somebody shows, without using it; empty if there is none of this kind, or not any more. */
    public Optional<Grant> look(GrantKind kind, String shown) {
        return digest(shown)
                .flatMap(id -> unit.read(entities -> Queries.readOnly(entities, GrantRow.class, GrantRow.OPEN)
                        .setParameter("id", id)
                        .setParameter("kind", kind.label())
                        .setParameter("now", clock.instant())
                        .getResultStream()
                        .filter(row -> row.is(id, kind))
                        .findFirst()
                        .map(row -> row.toGrant(kind))));
    }

    /** Uses the right that somebody shows: whoever is first gets it, everybody else gets nothing. */
    public Optional<Grant> take(GrantKind kind, String shown) {
        return look(kind, shown).filter(this::takes);
    }

    /** Uses a right that was looked at; false if somebody was quicker. */
    public boolean takes(Grant grant) {
        return unit.write(entities -> takes(entities, grant));
    }

    static boolean takes(EntityManager entities, Grant grant) {
        return entities.createNamedQuery(GrantRow.TAKE)
                        .setParameter("id", grant.id())
                        .setParameter("kind", grant.kind().label())
                        .executeUpdate()
                == 1;
    }

    /** The newest right of this kind that the account has. */
    public Optional<Grant> newest(GrantKind kind, String accountKey) {
        return unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, GrantRow.class, GrantRow.OF_ACCOUNT)
                                .setParameter("key", accountKey)
                                .setParameter("kind", kind.label())
                                .setParameter("now", clock.instant())
                                .setMaxResults(1)
                                .getResultStream(),
                        GrantRow::accountKey,
                        accountKey)
                .map(row -> row.toGrant(kind)));
    }

    /**
     * Counts a try of something that must be shown together with a right, before it is compared.
     *
     * @param most how many tries the right is good for
     * @return false if there were as many already, or the right is gone
     */
    public boolean tries(Grant grant, int most) {
        return unit.write(entities -> entities.createNamedQuery(GrantRow.TRY)
                        .setParameter("id", grant.id())
                        .setParameter("kind", grant.kind().label())
                        .setParameter("most", most)
                        .executeUpdate()
                == 1);
    }

    /** Takes a try back that nobody could decide. */
    public void forgive(Grant grant) {
        unit.write(entities -> entities.createNamedQuery(GrantRow.FORGIVE)
                .setParameter("id", grant.id())
                .setParameter("kind", grant.kind().label())
                .executeUpdate());
    }

    /** Takes back every right of this kind that the account has. */
    public void revoke(GrantKind kind, String accountKey) {
        unit.write(entities -> revoke(entities, kind, accountKey));
    }

    static int revoke(EntityManager entities, GrantKind kind, String accountKey) {
        return entities.createNamedQuery(GrantRow.REVOKE)
                .setParameter("key", accountKey)
                .setParameter("kind", kind.label())
                .executeUpdate();
    }

    private static Optional<String> digest(String shown) {
        return Bytes.parse(shown)
                .filter(secret -> secret.length() == SECRET_BYTES)
                .map(secret -> secret.sha256().base64url());
    }

    void purge() {
        purge.run(clock.instant());
    }
}
