package org.passkeygraft.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.store.DeleteOutcome;
import org.passkeygraft.store.PasskeyUser;

/**
 * What administrators do about other users' passkeys: find them, list them, take them away. Whoever calls has asked
 * {@link Administrators#objectionToLook} first; every change asks for a fresh proof by itself, is audited, and its user is
 * told. A user is named by their user handle, which is random and tells logs nothing. Thread-safe.
 */
public final class UserAdministration {
    private static final int MOST = 50;

    private final Parts parts;
    private final LogonNames names;
    private final Administrators administrators;
    private final AdministeredUsers administered;
    private final UserSettlement settlement;

    UserAdministration(Parts parts, Administrators administrators) {
        this.parts = parts;
        this.names = LogonNames.of(parts);
        this.administrators = administrators;
        this.administered = new AdministeredUsers(parts, administrators);
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
    }

    /** Users whose names begin so, at most fifty, and the account of exactly this name, whether it has passkeys or not. */
    public FoundUsers search(String typed) {
        List<PasskeyUser> found = beginningWith(typed);
        boolean more = found.size() > MOST;
        List<PasskeyUser> shown = new ArrayList<>(found.subList(0, Math.min(found.size(), MOST)));
        Optional<Account> exact = meant(typed)
                .filter(account ->
                        shown.stream().noneMatch(user -> user.account().key().equals(account.key())));
        Optional<PasskeyUser> known =
                exact.map(Account::key).flatMap(parts.store().users()::byKey);
        known.ifPresent(user -> shown.add(0, user));
        return new FoundUsers(rows(shown), more, known.isPresent() ? null : exact.orElse(null));
    }

    /** As it was typed first; where that finds nobody, as it looks. */
    private List<PasskeyUser> beginningWith(String typed) {
        List<PasskeyUser> found = parts.store().users().search(typed, MOST + 1);
        String seen = TypedNames.seen(typed);
        return found.isEmpty() && !seen.equals(typed) ? parts.store().users().search(seen, MOST + 1) : found;
    }

    private Optional<Account> meant(String typed) {
        return isPossible(typed) ? names.resolve(typed) : Optional.empty();
    }

    private Optional<Account> resolve(String name) {
        return isPossible(name) ? parts.accounts().directory().resolve(name) : Optional.empty();
    }

    private static boolean isPossible(String name) {
        return !name.isBlank() && TypedNames.isPossible(name);
    }

    private List<FoundUsers.User> rows(List<PasskeyUser> users) {
        Map<UserHandle, List<CredentialRecord>> passkeys = parts.store()
                .credentials()
                .of(users.stream().map(PasskeyUser::handle).toList());
        return users.stream()
                .map(user -> row(user, passkeys.getOrDefault(user.handle(), List.of())))
                .toList();
    }

    private static FoundUsers.User row(PasskeyUser user, List<CredentialRecord> passkeys) {
        Instant lastUsed = passkeys.stream()
                .flatMap(passkey -> passkey.lastUsed().stream())
                .max(Instant::compareTo)
                .orElse(null);
        return new FoundUsers.User(user.handle(), user.account(), user.quarantined(), passkeys.size(), lastUsed);
    }

    /** A user and their passkeys; empty if no user has this handle. */
    public Optional<AdministeredUser> find(String handle) {
        return UserHandle.parse(handle).flatMap(parts.store().users()::byHandle).map(administered::of);
    }

    /** The handle of an account that may never have had to do with passkeys; it has to from now on. */
    public Checked<UserHandle> open(ProvenCaller by, String name) {
        Checked<UserHandle> opened = tryToOpen(by, name);
        opened.refusal().ifPresent(reason -> administrators.refused(by, "open", reason, Map.of()));
        return opened;
    }

    private Checked<UserHandle> tryToOpen(ProvenCaller by, String name) {
        return administrators
                .objectionToChange(by)
                .map(Checked::<UserHandle>refused)
                .orElseGet(() -> resolve(name)
                        .map(account -> Checked.passed(
                                settlement.settle(account, by.client()).handle()))
                        .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN)));
    }

    /**
     * Takes one passkey away and ends the user's sessions; empty if done. The last one stays unless the account can be used
     * and is no administrator's.
     */
    public Optional<Rejection> revoke(ProvenCaller by, String handle, String passkeyKey) {
        return change(by, "revoke", handle, user -> {
            Optional<CredentialRecord> known = parts.store().credentials().of(user.handle()).stream()
                    .filter(passkey -> passkey.id().key().equals(passkeyKey))
                    .findFirst();
            if (known.isEmpty()) {
                return Optional.of(Rejection.CREDENTIAL_UNKNOWN);
            }
            DeleteOutcome outcome = parts.store().credentials().revoke(user.handle(), passkeyKey, needsTwo(user));
            if (outcome != DeleteOutcome.DELETED) {
                return Optional.of(
                        outcome == DeleteOutcome.LAST ? Rejection.ADMINISTRATOR : Rejection.CREDENTIAL_UNKNOWN);
            }
            audit(AuditEvent.Type.PASSKEYS_REVOKED, by, user, Map.of("passkey", passkeyKey));
            parts.notices()
                    .tell(
                            user.account(),
                            NoticeKind.PASSKEY_REVOKED,
                            known.get().name().text());
            return Optional.empty();
        });
    }

    /**
     * Takes all passkeys away, however many there are by now, with the contact and the recovery codes, and ends the user's
     * sessions; empty if done. Refused unless the account can be used and is no administrator's.
     */
    public Optional<Rejection> revokeAll(ProvenCaller by, String handle) {
        return change(by, "revoke-all", handle, user -> {
            if (needsTwo(user)) {
                return Optional.of(Rejection.ADMINISTRATOR);
            }
            List<Contact> reached = parts.notices().reached(user.account());
            int deleted = parts.store().credentials().deleteAll(user.handle());
            audit(AuditEvent.Type.PASSKEYS_REVOKED, by, user, Map.of("passkeys", Integer.toString(deleted)));
            parts.notices().tell(user.account(), NoticeKind.ALL_REVOKED, "", reached);
            return Optional.empty();
        });
    }

    /** Where no passkey is left, the password binds one: for an administrator's account two administrators decide that. */
    private boolean needsTwo(PasskeyUser user) {
        return administrators.needsTwo(user.account().key());
    }

    /** Logs the user off everywhere; empty if done. */
    public Optional<Rejection> endSessions(ProvenCaller by, String handle) {
        return change(by, "end-sessions", handle, user -> {
            parts.store().users().raiseEpoch(user.handle());
            audit(AuditEvent.Type.SESSIONS_ENDED, by, user, Map.of());
            return Optional.empty();
        });
    }

    private Optional<Rejection> change(
            ProvenCaller by, String action, String handle, Function<PasskeyUser, Optional<Rejection>> change) {
        Optional<Rejection> refusal =
                administrators.mayChange(by, handle).<Optional<Rejection>>fold(change, Optional::of);
        refusal.ifPresent(reason -> administrators.refused(by, action, reason, Map.of("user", handle)));
        return refusal;
    }

    private void audit(AuditEvent.Type type, ProvenCaller by, PasskeyUser user, Map<String, String> details) {
        Map<String, String> all = new TreeMap<>(details);
        all.put("by", by.account().name());
        parts.audit().record(type, user.account().name(), by.client(), all);
    }
}
