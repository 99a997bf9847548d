package org.passkeygraft.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.engine.AdministeredUser.AccountState;
import org.passkeygraft.engine.AdministeredUser.ResetRequest;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.Grant;
import org.passkeygraft.store.GrantKind;
import org.passkeygraft.store.PasskeyUser;

/** Puts together what the store and the application know of a user. */
final class AdministeredUsers {
    private final Parts parts;
    private final Administrators administrators;

    AdministeredUsers(Parts parts, Administrators administrators) {
        this.parts = parts;
        this.administrators = administrators;
    }

    AdministeredUser of(PasskeyUser user) {
        Optional<CallerDirectory.Entry> entry = find(user.account().key());
        List<CredentialRecord> passkeys = parts.store().credentials().of(user.handle());
        return new AdministeredUser(
                user.handle(),
                user.account(),
                user.quarantined(),
                entry.map(AdministeredUsers::state).orElse(AccountState.UNKNOWN),
                entry.filter(administrators::includes).isPresent(),
                administrators.needsTwo(user.account().key()),
                passkeys,
                request(user));
    }

    private static AccountState state(CallerDirectory.Entry entry) {
        return entry.usable() ? AccountState.USABLE : AccountState.UNUSABLE;
    }

    private @Nullable ResetRequest request(PasskeyUser user) {
        return parts.store()
                .grants()
                .newest(GrantKind.RESET_REQUESTED, user.account().key())
                .map(this::request)
                .orElse(null);
    }

    private ResetRequest request(Grant request) {
        String by = find(request.detail()).map(entry -> entry.account().name()).orElse(request.detail());
        return new ResetRequest(request.id(), request.detail(), by, request.expiresAt());
    }

    private Optional<CallerDirectory.Entry> find(String accountKey) {
        return parts.accounts().directory().find(accountKey);
    }
}
