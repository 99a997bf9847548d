package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;

/**
 * The passkeys, and the ceremonies that can no longer be answered. Used by any number of threads at once; whatever two of
 * them, or two servers, may not both do is decided by the database. Every method throws {@link UnavailableException} if
 * the database cannot answer now, and then has changed nothing.
 */
public final class CredentialStore {
    private final PersistenceUnit unit;
    private final PolicyStore policy;
    private final InstantSource clock;
    private final SpentCeremonies spentCeremonies;

    CredentialStore(PersistenceUnit unit, PolicyStore policy, InstantSource clock) {
        this.unit = unit;
        this.policy = policy;
        this.clock = clock;
        this.spentCeremonies = new SpentCeremonies(unit, clock);
    }

    /** Everything that a logon with this passkey must know, by one statement; empty if the passkey is unknown here. */
    public Optional<LogonCandidate> forLogon(CredentialId id) {
        Instant now = clock.instant();
        Optional<LogonCandidate> found = unit.read(entities -> Queries.readOnly(
                        entities, Object[].class, CredentialRow.FOR_LOGON)
                .setParameter("id", id.key())
                .getResultStream()
                .findFirst()
                .map(CredentialStore::candidate)
                .filter(candidate -> candidate.credential().id().equals(id))
                .filter(candidate ->
                        candidate.credential().owner().equals(candidate.owner().handle())));
        found.ifPresent(candidate -> policy.remember(candidate.policy(), now));
        return found;
    }

    /** Everything that the end of a binding must know, by one statement; empty if the account was never established. */
    public Optional<BindingCandidate> forBinding(String accountKey) {
        Instant now = clock.instant();
        Optional<BindingCandidate> found = unit.read(entities -> ExactKey.only(
                        Queries.readOnly(entities, Object[].class, CredentialRow.FOR_BINDING)
                                .setParameter("key", accountKey)
                                .getResultStream(),
                        row -> ((UserRow) row[0]).accountKey(),
                        accountKey)
                .map(row -> new BindingCandidate(
                        ((UserRow) row[0]).toUser(), ((Number) row[1]).longValue(), ((PolicyRow) row[2]).toPolicy())));
        found.ifPresent(candidate -> policy.remember(candidate.policy(), now));
        return found;
    }

    private static LogonCandidate candidate(Object[] row) {
        return new LogonCandidate(
                ((CredentialRow) row[0]).toRecord(), ((UserRow) row[1]).toUser(), ((PolicyRow) row[2]).toPolicy());
    }

    /**
     * Ends a logon whose signature was good, in one transaction of two statements: the ceremony is spent, and the passkey
     * takes its new counter, backup state and time of use (WebAuthn Level 3, section 7.2, steps 22 and 24).
     *
     * @param signCount as the authenticator told it
     */
    public LogonOutcome recordLogon(
            SpentCeremony spent, CredentialId id, long signCount, boolean backedUp, Instant usedAt) {
        LogonOutcome outcome = unit.writeUnlessTaken(entities -> {
                    Queries.insert(entities, new SpentCeremonyRow(spent));
                    if (advances(entities, id.key(), signCount, backedUp, usedAt)) {
                        return LogonOutcome.RECORDED;
                    }
                    suspectClone(entities, id.key());
                    return LogonOutcome.COUNTER;
                })
                .orElse(LogonOutcome.CEREMONY_SPENT);
        spentCeremonies.purge();
        return outcome;
    }

    private static boolean advances(
            EntityManager entities, String key, long signCount, boolean backedUp, Instant usedAt) {
        // Forward, or zero as before.
        long highestBefore = Math.max(signCount - 1, 0);
        return entities.createNamedQuery(CredentialRow.ADVANCE)
                        .setParameter("id", key)
                        .setParameter("count", signCount)
                        .setParameter("highestBefore", highestBefore)
                        .setParameter("backedUp", backedUp)
                        .setParameter("usedAt", usedAt)
                        .executeUpdate()
                == 1;
    }

    private static void suspectClone(EntityManager entities, String key) {
        entities.createNamedQuery(CredentialRow.SUSPECT_CLONE)
                .setParameter("id", key)
                .executeUpdate();
    }

    /** Spends the ceremony of an answer that was refused; false if it was spent before. */
    public boolean spend(SpentCeremony spent) {
        boolean first = spentCeremonies.spend(spent);
        spentCeremonies.purge();
        return first;
    }

    /**
     * The same where the signature counter went back although the signature was good: two devices may hold the key, so the
     * passkey is marked for whoever looks after it (section 6.1.1).
     */
    public boolean spendSuspectingClone(SpentCeremony spent, CredentialId id) {
        boolean first = unit.writeUnlessTaken(entities -> {
                    Queries.insert(entities, new SpentCeremonyRow(spent));
                    suspectClone(entities, id.key());
                    return true;
                })
                .orElse(false);
        spentCeremonies.purge();
        return first;
    }

    /** How many users and passkeys there are; reads an index from end to end, so not for the way of a request. */
    public PasskeyTotals totals() {
        return unit.read(entities -> {
            Object[] passkeys = Queries.readOnly(entities, Object[].class, CredentialRow.TOTALS)
                    .getSingleResult();
            long users = Queries.readOnly(entities, Long.class, UserRow.TOTAL).getSingleResult();
            return new PasskeyTotals(users, ((Number) passkeys[1]).longValue(), ((Number) passkeys[0]).longValue());
        });
    }

    /** A user's passkeys, the oldest first. */
    public List<CredentialRecord> of(UserHandle owner) {
        return unit.read(entities -> Queries.readOnly(entities, CredentialRow.class, CredentialRow.OF_OWNER)
                .setParameter("owner", owner.toString())
                .getResultStream()
                .map(CredentialRow::toRecord)
                .toList());
    }

    /** The passkeys of several users, by owner, each oldest first; by one statement, or none for nobody. */
    public Map<UserHandle, List<CredentialRecord>> of(Collection<UserHandle> owners) {
        if (owners.isEmpty()) {
            return Map.of();
        }
        List<String> handles = owners.stream().map(UserHandle::toString).toList();
        return unit.read(entities -> Queries.readOnly(entities, CredentialRow.class, CredentialRow.OF_OWNERS)
                .setParameter("owners", handles)
                .getResultStream()
                .map(CredentialRow::toRecord)
                .collect(Collectors.groupingBy(CredentialRecord::owner)));
    }

    /**
     * Binds a passkey to its owner, who must be established, by at most five statements. Binds of one user at once queue
     * up at the user's row, so that the limit and the names hold (T-48, T-49).
     *
     * @param owner as of the epoch of the session that asks for it
     * @param maximum how many passkeys the user may have with this one
     */
    public BindOutcome bind(SpentCeremony spent, CredentialRecord credential, PasskeyUser owner, int maximum) {
        if (!owner.handle().equals(credential.owner())) {
            throw new IllegalArgumentException("a passkey is bound by its owner");
        }
        BindOutcome outcome = unit.writeUnlessTaken(entities -> tryToBind(entities, spent, credential, owner, maximum))
                // The transaction is gone, and with it the spent row. The name was free and its holders wait at the
                // user's row: what was taken is the ceremony, or else the credential id.
                .orElseGet(() -> spentCeremonies.spend(spent) ? BindOutcome.REGISTERED : BindOutcome.CEREMONY_SPENT);
        spentCeremonies.purge();
        return outcome;
    }

    private static BindOutcome tryToBind(
            EntityManager entities, SpentCeremony spent, CredentialRecord credential, PasskeyUser owner, int maximum) {
        Queries.insert(entities, new SpentCeremonyRow(spent));
        if (!UserStore.holds(entities, owner)) {
            return BindOutcome.SESSIONS_ENDED;
        }
        List<String> names = entities.createNamedQuery(CredentialRow.NAMES_OF_OWNER, String.class)
                .setParameter("owner", owner.handle().toString())
                .getResultList();
        if (names.size() >= maximum) {
            return BindOutcome.LIMIT;
        }
        if (names.contains(credential.name().key())) {
            return BindOutcome.NAME_TAKEN;
        }
        Queries.insert(entities, new CredentialRow(credential));
        return BindOutcome.BOUND;
    }

    /**
     * Gives a user's passkey another name.
     *
     * @param owner as of the epoch of the session that asks for it
     * @param key {@link CredentialId#key()}, as it came from outside
     */
    public RenameOutcome rename(PasskeyUser owner, String key, PasskeyName name) {
        // Anything else need not be asked for, and a NUL would make PostgreSQL fail (T-95).
        if (!CredentialId.isKey(key)) {
            return RenameOutcome.UNKNOWN;
        }
        return unit.writeUnlessTaken(entities -> {
                    if (!UserStore.holds(entities, owner)) {
                        return RenameOutcome.SESSIONS_ENDED;
                    }
                    int renamed = entities.createNamedQuery(CredentialRow.RENAME)
                            .setParameter("id", key)
                            .setParameter("owner", owner.handle().toString())
                            .setParameter("name", name.text())
                            .setParameter("nameKey", name.key())
                            .executeUpdate();
                    return renamed == 1 ? RenameOutcome.RENAMED : RenameOutcome.UNKNOWN;
                })
                .orElse(RenameOutcome.NAME_TAKEN);
    }

    /**
     * Deletes a passkey of one's own, and ends one's sessions: one of them may be a thief's who came in with it.
     *
     * @param owner as of the epoch of the session that asks for it
     * @param key {@link CredentialId#key()}, as it came from outside
     * @param keepLast whether the only one stays: of two deletions at once, one passkey does (T-50)
     */
    public DeleteOutcome delete(PasskeyUser owner, String key, boolean keepLast) {
        return unit.write(entities -> UserStore.holds(entities, owner)
                ? delete(entities, owner.handle(), key, keepLast)
                : DeleteOutcome.SESSIONS_ENDED);
    }

    /** The same for whoever administers, whatever sessions the user has. */
    public DeleteOutcome revoke(UserHandle owner, String key, boolean keepLast) {
        return unit.write(entities -> {
            UserStore.hold(entities, owner.toString());
            return delete(entities, owner, key, keepLast);
        });
    }

    private static DeleteOutcome delete(EntityManager entities, UserHandle owner, String key, boolean keepLast) {
        List<String> own = entities.createNamedQuery(CredentialRow.IDS_OF_OWNER, String.class)
                .setParameter("owner", owner.toString())
                .getResultList();
        if (!own.contains(key)) {
            return DeleteOutcome.UNKNOWN;
        }
        if (keepLast && own.size() == 1) {
            return DeleteOutcome.LAST;
        }
        entities.createNamedQuery(CredentialRow.DELETE)
                .setParameter("id", key)
                .setParameter("owner", owner.toString())
                .executeUpdate();
        UserStore.raiseEpoch(entities, owner.toString());
        return DeleteOutcome.DELETED;
    }

    /**
     * Deletes all passkeys of a user with the recovery codes and the contact, which somebody else may have made, and ends
     * the user's sessions, also where there was nothing to delete.
     *
     * @return how many there were
     */
    public int deleteAll(UserHandle owner) {
        return unit.write(entities -> {
            UserStore.hold(entities, owner.toString());
            int deleted = deleteAll(entities, owner.toString());
            UserStore.raiseEpoch(entities, owner.toString());
            return deleted;
        });
    }

    /** Every way in that is ours; the password is the application's. For who holds the user's row. */
    static int deleteAll(EntityManager entities, String handle) {
        RecoveryCodeStore.removeAll(entities, handle);
        ContactStore.removeAll(entities, handle);
        return entities.createNamedQuery(CredentialRow.DELETE_ALL)
                .setParameter("owner", handle)
                .executeUpdate();
    }
}
