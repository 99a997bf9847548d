package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;

/**
 * The accounts that ever had to do with passkeys, by their keys: a name is never a key (T-110). Used by any number of
 * threads at once. Every method throws {@link UnavailableException} if the database cannot answer now.
 */
public final class UserStore {
    private static final int ATTEMPTS = 5;

    private final PersistenceUnit unit;
    private final PolicyStore policy;
    private final InstantSource clock;
    private final SecureRandom random;

    UserStore(PersistenceUnit unit, PolicyStore policy, InstantSource clock, SecureRandom random) {
        this.unit = unit;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
    }

    public Optional<PasskeyUser> byKey(String accountKey) {
        return unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, UserRow.class, UserRow.BY_KEY)
                                .setParameter("key", accountKey)
                                .getResultStream(),
                        UserRow::accountKey,
                        accountKey)
                .map(UserRow::toUser));
    }

    public Optional<PasskeyUser> byHandle(UserHandle handle) {
        return unit.read(entities -> Queries.readOnly(entities, UserRow.class, UserRow.BY_HANDLE)
                .setParameter("handle", handle.toString())
                .getResultStream()
                .map(UserRow::toUser)
                .filter(user -> user.handle().equals(handle))
                .findFirst());
    }

    /**
     * The users whose names begin so, upper and lower case alike, in the order of their names. Reads no more rows than it
     * may give.
     *
     * @param most how many to give
     */
    public List<PasskeyUser> search(String beginning, int most) {
        String from = UserRow.searchName(beginning);
        return unit.read(entities -> Queries.readOnly(entities, UserRow.class, UserRow.SEARCH)
                .setParameter("from", from)
                .setMaxResults(most)
                .getResultStream()
                // In the order of the column the names that begin so come first, and without a gap.
                .takeWhile(row -> row.isFoundBy(from))
                .map(UserRow::toUser)
                .toList());
    }

    /** Like {@link #settle}, for who need not know what it did to others. */
    public PasskeyUser establish(Account account) {
        return settle(account).user();
    }

    /**
     * Finds the user of an account, made now if this is the first time, under the name it has now. Of any number of
     * threads one makes the row.
     *
     * <p>A name belongs to one user: another that still had it is quarantined, for the account was deleted and made
     * again, or the name went to another person. Quarantine ends when that user's own account comes under a new name,
     * which shows that it was renamed and not replaced.
     */
    public Establishment settle(Account account) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<Establishment> settled = unit.writeUnlessTaken(entities -> settle(entities, account));
            if (settled.isPresent()) {
                return settled.get();
            }
            // Somebody made the row, or took the name, between two statements of ours: now it can be seen.
        }
        throw new UnavailableException(
                "an account's row is fought over", new SQLException("no success in " + ATTEMPTS + " attempts"));
    }

    private Establishment settle(EntityManager entities, Account account) {
        Optional<UserRow> known = find(entities, account.key());
        if (known.isPresent() && known.get().toUser().account().equals(account)) {
            return new Establishment(known.get().toUser(), List.of());
        }
        List<PasskeyUser> others = quarantineOthers(entities, account);
        if (known.isPresent()) {
            PasskeyUser user = known.get().toUser();
            entities.createNamedQuery(UserRow.RENAME)
                    .setParameter("handle", user.handle().toString())
                    .setParameter("name", account.name())
                    .setParameter("searchName", UserRow.searchName(account.name()))
                    .executeUpdate();
            return new Establishment(
                    new PasskeyUser(user.handle(), account, user.epoch(), user.bindingDeferredUntil(), false), others);
        }
        UserRow made = new UserRow(UserHandle.random(random), account, clock.instant());
        Queries.insert(entities, made);
        return new Establishment(made.toUser(), others);
    }

    private static List<PasskeyUser> quarantineOthers(EntityManager entities, Account account) {
        List<PasskeyUser> others = entities.createNamedQuery(UserRow.HOLDERS_OF_NAME, UserRow.class)
                .setParameter("name", account.name())
                .getResultStream()
                .map(UserRow::toUser)
                // Not who has a similar name or key where the database compares loosely (T-121).
                .filter(other -> other.account().name().equals(account.name()))
                .filter(other -> !other.account().key().equals(account.key()))
                .toList();
        others.forEach(other -> entities.createNamedQuery(UserRow.QUARANTINE)
                .setParameter("handle", other.handle().toString())
                .executeUpdate());
        return others;
    }

    /** Whether this store ever gave the handle out, to whomever, deleted accounts included. */
    public boolean issued(UserHandle handle) {
        return unit.read(entities -> Queries.readOnly(entities, String.class, UserRow.ISSUED)
                .setParameter("handle", handle.toString())
                .getResultStream()
                .anyMatch(handle.toString()::equals));
    }

    /** "Not now": nobody offers this account to bind a passkey until then. */
    public void deferBinding(Account account, Instant until) {
        PasskeyUser user = establish(account);
        unit.write(entities -> entities.createNamedQuery(UserRow.DEFER_BINDING)
                .setParameter("handle", user.handle().toString())
                .setParameter("until", until)
                .executeUpdate());
    }

    /** The generation of sessions that lives; empty, which counts as 0, if the account never had to do with passkeys. */
    public OptionalLong epoch(String accountKey) {
        return unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, Object[].class, UserRow.EPOCH)
                                .setParameter("key", accountKey)
                                .getResultStream(),
                        row -> (String) row[0],
                        accountKey)
                .map(row -> OptionalLong.of((Long) row[1]))
                .orElse(OptionalLong.empty()));
    }

    /**
     * Ends every session of the account that began before.
     *
     * @return the epoch that a session must have from now on
     */
    public long raiseEpoch(Account account) {
        PasskeyUser user = establish(account);
        return unit.write(entities -> {
            raiseEpoch(entities, user.handle().toString());
            return entities.createNamedQuery(UserRow.EPOCH_OF_HANDLE, Long.class)
                    .setParameter("handle", user.handle().toString())
                    .getSingleResult();
        });
    }

    /** Ends every session of the user that began before. */
    public void raiseEpoch(UserHandle handle) {
        unit.write(entities -> {
            raiseEpoch(entities, handle.toString());
            return true;
        });
    }

    /** Ends the sessions of exactly this epoch; false, and nothing changed, if it is over, or the user is quarantined. */
    public boolean endsEpoch(UserHandle handle, long epoch) {
        return unit.write(entities -> endsEpoch(entities, handle.toString(), epoch));
    }

    static void raiseEpoch(EntityManager entities, String handle) {
        entities.createNamedQuery(UserRow.RAISE_EPOCH)
                .setParameter("handle", handle)
                .executeUpdate();
    }

    /** Makes the user's row ours until the transaction ends, in every isolation level, because it changes. */
    static void hold(EntityManager entities, String handle) {
        entities.createNamedQuery(UserRow.HOLD).setParameter("handle", handle).executeUpdate();
    }

    /**
     * The same for what a session of the user's asks for. False, and nothing held, if that session ended meanwhile: what a
     * thief began must not outlive the revocation that it met.
     */
    static boolean holds(EntityManager entities, PasskeyUser owner) {
        return entities.createNamedQuery(UserRow.HOLD_EPOCH)
                        .setParameter("handle", owner.handle().toString())
                        .setParameter("epoch", owner.epoch())
                        .executeUpdate()
                == 1;
    }

    static boolean endsEpoch(EntityManager entities, String handle, long epoch) {
        return entities.createNamedQuery(UserRow.END_EPOCH)
                        .setParameter("handle", handle)
                        .setParameter("epoch", epoch)
                        .executeUpdate()
                == 1;
    }

    /** What the account can log on with and what the policy says to it, by one statement. */
    public UserStanding standing(String accountKey) {
        Instant now = clock.instant();
        UserStanding standing = unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, Object[].class, UserRow.STANDING)
                                .setParameter("key", accountKey)
                                .setParameter("use", PasskeyUse.LOGON.label())
                                .getResultStream(),
                        row -> row[1] == null ? accountKey : ((UserRow) row[1]).accountKey(),
                        accountKey)
                .map(UserStore::standing)
                .orElseThrow(PolicyStore::noPolicy));
        policy.remember(standing.policy(), now);
        return standing;
    }

    private static UserStanding standing(@Nullable Object[] row) {
        PolicyRow policy = (PolicyRow) Objects.requireNonNull(row[0]);
        @Nullable UserRow user = (UserRow) row[1];
        return new UserStanding(user == null ? null : user.toUser(), count(row[2]), count(row[3]), policy.toPolicy());
    }

    private static long count(@Nullable Object counted) {
        return counted == null ? 0 : ((Number) counted).longValue();
    }

    private static Optional<UserRow> find(EntityManager entities, String accountKey) {
        return ExactKey.only(
                entities.createNamedQuery(UserRow.BY_KEY, UserRow.class)
                        .setParameter("key", accountKey)
                        .getResultStream(),
                UserRow::accountKey,
                accountKey);
    }
}
