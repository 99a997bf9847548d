package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.passkeygraft.Account;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserStanding;

/**
 * What a caller does with their own passkeys. Every change wants a proof at most so old (five minutes by default), by
 * passkey, or by password while the account has none; every change is audited. Thread-safe.
 */
public final class PasskeyManagement {
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofDays(30);

    private final Parts parts;
    private final UserSettlement settlement;
    private final PasskeyBinding binding;

    PasskeyManagement(PasskeyConfiguration configuration, Parts parts) {
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.binding = new PasskeyBinding(configuration, parts);
    }

    /** An account's passkeys, oldest first, and how many it may have. */
    public PasskeyList list(Account account) {
        Optional<PasskeyUser> user = parts.store().users().byKey(account.key());
        List<CredentialRecord> passkeys = user.map(PasskeyUser::handle)
                .map(parts.store().credentials()::of)
                .orElse(List.of());
        return new PasskeyList(
                user.map(PasskeyUser::handle).orElse(null),
                passkeys,
                parts.store().policy().current().maximum());
    }

    /** Whether a key that serves as second factor only is of any use; at most five seconds old. */
    public boolean keysServe() {
        return !parts.store().policy().current().secondFactor().isOff();
    }

    /**
     * Returns whether the last passkey of a caller cannot be deleted, as {@link #delete} will decide it; at most five seconds
     * old.
     *
     * @param groups of the caller
     */
    public boolean keepsLast(Set<String> groups) {
        return FactorWorth.needsOnePasskey(parts.store().policy().current(), groups);
    }

    /**
     * Returns what the caller's password will be worth once a passkey is bound, as the logon will decide it; at most five
     * seconds old.
     *
     * @param groups of the caller
     */
    public FactorWorth passwordAfterBinding(Set<String> groups) {
        return FactorWorth.ofPasswordBesideAPasskey(parts.store().policy().current(), groups);
    }

    /** Whether a password logon leads to the page that offers to bind a passkey. */
    public boolean offersBinding(Account account) {
        PasskeyPolicy policy = parts.store().policy().current();
        return policy.allowed()
                && policy.offerToBind()
                && parts.store()
                        .users()
                        .standing(account.key())
                        .lacksPasskey(parts.clock().instant());
    }

    /** "Not now": the offer is not repeated for 30 days. */
    public void deferBinding(ProvenCaller caller) {
        settlement.settle(caller.account(), caller.client());
        parts.store()
                .users()
                .deferBinding(caller.account(), parts.clock().instant().plus(ASKED_AGAIN_AFTER));
    }

    /** Returns one of the caller's own passkeys; refused if no passkey of theirs has this key. */
    public Checked<CredentialRecord> view(ProvenCaller caller, String passkeyKey) {
        Optional<CredentialRecord> own = list(caller.account()).find(passkeyKey);
        if (own.isEmpty()) {
            refused(caller, "view", passkeyKey, Rejection.CREDENTIAL_UNKNOWN);
        }
        return own.map(Checked::passed).orElseGet(() -> Checked.refused(Rejection.CREDENTIAL_UNKNOWN));
    }

    /** Begins to bind a passkey; what stands against it is said now, before the device asks anything. */
    public CeremonyStart beginBinding(ProvenCaller caller, PasskeyName name, PasskeyUse use) {
        return binding.begin(caller, name, use, "");
    }

    /** Ends the binding of a passkey: verifies what the device made and keeps its public key. */
    public BindResult bind(ProvenCaller caller, CeremonyAnswer answer) {
        return binding.end(caller, answer, "");
    }

    /**
     * Gives an own passkey another name; empty if done.
     *
     * @param typed the name as somebody typed it
     */
    public Optional<Rejection> rename(ProvenCaller caller, String passkeyKey, String typed) {
        Optional<Rejection> refusal = PasskeyName.parse(typed)
                .map(name -> rename(caller, passkeyKey, name))
                .orElse(Optional.of(Rejection.NAME));
        refusal.ifPresent(reason -> refused(caller, "rename", passkeyKey, reason));
        return refusal;
    }

    private Optional<Rejection> rename(ProvenCaller caller, String passkeyKey, PasskeyName name) {
        return change(caller, passkeyKey, AuditEvent.Type.PASSKEY_RENAMED, owner -> switch (parts.store()
                .credentials()
                .rename(owner, passkeyKey, name)) {
            case RENAMED -> Optional.empty();
            case SESSIONS_ENDED -> Optional.of(Rejection.SESSIONS_ENDED);
            case UNKNOWN -> Optional.of(Rejection.CREDENTIAL_UNKNOWN);
            case NAME_TAKEN -> Optional.of(Rejection.NAME_TAKEN);
        });
    }

    /**
     * Deletes an own passkey and ends the account's other sessions; empty if done. The last one stays while the policy
     * demands one: what would be left is a way in that the policy does not take (T-50).
     */
    public Optional<Rejection> delete(ProvenCaller caller, String passkeyKey) {
        Optional<CredentialRecord> passkey = list(caller.account()).find(passkeyKey);
        Optional<Rejection> refusal =
                change(caller, passkeyKey, AuditEvent.Type.PASSKEY_DELETED, owner -> delete(caller, owner, passkeyKey));
        refusal.ifPresent(reason -> refused(caller, "delete", passkeyKey, reason));
        if (refusal.isEmpty()) {
            passkey.ifPresent(gone -> tell(caller, NoticeKind.PASSKEY_DELETED, gone));
            leaveAlone(caller);
        }
        return refusal;
    }

    private Optional<Rejection> delete(ProvenCaller caller, PasskeyUser owner, String passkeyKey) {
        String accountKey = caller.account().key();
        PasskeyPolicy policy = parts.store().users().standing(accountKey).policy();
        return Accounts.usable(parts.accounts().directory(), accountKey)
                .<Optional<Rejection>>fold(
                        entry -> delete(owner, passkeyKey, FactorWorth.needsOnePasskey(policy, entry.groups())),
                        Optional::of);
    }

    private Optional<Rejection> delete(PasskeyUser owner, String passkeyKey, boolean keepLast) {
        return switch (parts.store().credentials().delete(owner, passkeyKey, keepLast)) {
            case DELETED -> Optional.empty();
            case SESSIONS_ENDED -> Optional.of(Rejection.SESSIONS_ENDED);
            case UNKNOWN -> Optional.of(Rejection.CREDENTIAL_UNKNOWN);
            case LAST -> Optional.of(Rejection.LAST_PASSKEY);
        };
    }

    /** Where browsers make passkeys by themselves, the next password logon would make another one. */
    private void leaveAlone(ProvenCaller caller) {
        if (parts.store().policy().current().silentUpgrade()) {
            deferBinding(caller);
        }
    }

    private Optional<Rejection> change(
            ProvenCaller caller,
            String passkeyKey,
            AuditEvent.Type type,
            Function<PasskeyUser, Optional<Rejection>> action) {
        UserStanding standing = parts.store().users().standing(caller.account().key());
        PasskeyPolicy policy = standing.policy();
        // Who has a passkey to change proves more than a password.
        if (!parts.proofs().isStrong(caller.proofs(), policy)) {
            return Optional.of(Rejection.CONFIRMATION_REQUIRED);
        }
        if (!policy.allowed()) {
            return Optional.of(Rejection.PASSKEYS_OFF);
        }
        Optional<PasskeyUser> user = standing.known();
        if (user.filter(current -> current.epoch() != caller.epoch()).isPresent()) {
            return Optional.of(Rejection.SESSIONS_ENDED);
        }
        Optional<Rejection> refusal = user.map(action).orElse(Optional.of(Rejection.CREDENTIAL_UNKNOWN));
        if (refusal.isEmpty()) {
            audit(type, caller, passkeyKey);
        }
        return refusal;
    }

    private void tell(ProvenCaller caller, NoticeKind kind, CredentialRecord passkey) {
        parts.notices().tell(caller.account(), kind, passkey.name().text(), caller.client());
    }

    private void audit(AuditEvent.Type type, ProvenCaller caller, String passkeyKey) {
        parts.audit().record(type, caller.account(), caller.client(), details(passkeyKey));
    }

    private void refused(ProvenCaller caller, String action, String passkeyKey, Rejection reason) {
        parts.audit().refused(AuditEvent.Type.CHANGE_REFUSED, caller, action, reason, details(passkeyKey));
    }

    /** What no passkey can be named is not worth keeping. */
    private static Map<String, String> details(String passkeyKey) {
        return CredentialId.isKey(passkeyKey) ? Map.of("passkey", passkeyKey) : Map.of();
    }
}
