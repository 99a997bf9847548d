package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Optional;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.UnavailableException;

/**
 * Passes to bind anew, each step in one transaction. Everything that is done to one account queues up at the user's row,
 * so that only the newest pass counts and one pass binds one passkey, on any number of servers. Every method throws
 * {@link UnavailableException} if the database cannot answer now, and then has changed nothing.
 */
public final class ResetStore {
    private final PersistenceUnit unit;
    private final CredentialStore credentials;
    private final GrantStore grants;

    ResetStore(PersistenceUnit unit, CredentialStore credentials, GrantStore grants) {
        this.unit = unit;
        this.credentials = credentials;
        this.grants = grants;
    }

    /**
     * Notes that somebody asked for a pass that another must approve; it takes the place of an older request.
     *
     * @param byKey the account key of who asked
     */
    public void request(PasskeyUser user, String byKey, Duration lifetime) {
        GrantStore.Draft request =
                grants.draft(GrantKind.RESET_REQUESTED, user.account(), user.epoch(), byKey, lifetime);
        unit.write(entities -> {
            hold(entities, user);
            GrantStore.revoke(
                    entities, GrantKind.RESET_REQUESTED, user.account().key());
            return Queries.insert(entities, new GrantRow(request.grant()));
        });
        grants.purge();
    }

    /**
     * Gives a pass; whatever the account had of the kind before is void.
     *
     * @param by the name of who gives it
     * @return what its holder must show
     */
    public String issue(PasskeyUser user, String by, Duration lifetime) {
        GrantStore.Draft pass = grants.draft(GrantKind.RESET, user.account(), user.epoch(), by, lifetime);
        unit.write(entities -> {
            hold(entities, user);
            return issue(entities, pass);
        });
        grants.purge();
        return pass.shown();
    }

    /**
     * The same for a request, which it uses up.
     *
     * @return empty if somebody was quicker, or the request was taken back
     */
    public Optional<String> approve(PasskeyUser user, Grant request, String by, Duration lifetime) {
        GrantStore.Draft pass = grants.draft(GrantKind.RESET, user.account(), user.epoch(), by, lifetime);
        boolean approved = unit.write(entities -> {
            hold(entities, user);
            return GrantStore.takes(entities, request) && issue(entities, pass);
        });
        return approved ? Optional.of(pass.shown()) : Optional.empty();
    }

    private static boolean issue(EntityManager entities, GrantStore.Draft pass) {
        String key = pass.grant().account().key();
        GrantStore.revoke(entities, GrantKind.RESET_REQUESTED, key);
        GrantStore.revoke(entities, GrantKind.RESET, key);
        GrantStore.revoke(entities, GrantKind.RESET_BINDING, key);
        return Queries.insert(entities, new GrantRow(pass.grant()));
    }

    /**
     * Spends a pass for the right to bind one passkey.
     *
     * @return what the browser must show to bind; empty if somebody was quicker, or the pass was taken back
     */
    public Optional<String> spend(PasskeyUser user, Grant pass, Duration lifetime) {
        GrantStore.Draft binding =
                grants.draft(GrantKind.RESET_BINDING, user.account(), pass.epoch(), pass.detail(), lifetime);
        boolean spent = unit.write(entities -> {
            hold(entities, user);
            return GrantStore.takes(entities, pass) && Queries.insert(entities, new GrantRow(binding.grant()));
        });
        return spent ? Optional.of(binding.shown()) : Optional.empty();
    }

    /** Binds a passkey in the place of all that its owner has, backup too, and ends the owner's sessions. */
    public ResetOutcome bind(Grant binding, SpentCeremony spent, CredentialRecord credential) {
        return unit.writeUnlessTaken(entities -> tryToBind(entities, binding, spent, credential))
                // The transaction is gone, and with it the spent row: what was taken is the ceremony, or else the
                // credential id.
                .orElseGet(() -> credentials.spend(spent) ? ResetOutcome.REGISTERED : ResetOutcome.CEREMONY_SPENT);
    }

    private static ResetOutcome tryToBind(
            EntityManager entities, Grant binding, SpentCeremony spent, CredentialRecord credential) {
        String owner = credential.owner().toString();
        UserStore.hold(entities, owner);
        boolean first = GrantStore.takes(entities, binding);
        Queries.insert(entities, new SpentCeremonyRow(spent));
        if (!first) {
            return ResetOutcome.GRANT_GONE;
        }
        if (!UserStore.endsEpoch(entities, owner, binding.epoch())) {
            return ResetOutcome.SESSIONS_ENDED;
        }
        CredentialStore.deleteAll(entities, owner);
        Queries.insert(entities, new CredentialRow(credential));
        return ResetOutcome.BOUND;
    }

    private static void hold(EntityManager entities, PasskeyUser user) {
        UserStore.hold(entities, user.handle().toString());
    }
}
