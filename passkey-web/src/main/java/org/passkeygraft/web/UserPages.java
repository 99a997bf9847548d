package org.passkeygraft.web;

import java.util.List;
import java.util.Locale;
import org.passkeygraft.Account;
import org.passkeygraft.engine.AdministeredUser;
import org.passkeygraft.engine.FoundUsers;
import org.passkeygraft.web.view.PasskeyRow;
import org.passkeygraft.web.view.PendingReset;
import org.passkeygraft.web.view.Providers;
import org.passkeygraft.web.view.UserPage;
import org.passkeygraft.web.view.UserRow;
import org.passkeygraft.web.view.UserState;
import org.passkeygraft.web.view.UsersPage;

/** What an administrator is shown of users. */
record UserPages(WebExchange exchange, Account administrator) {
    private static final Providers PROVIDERS = Providers.known();

    UsersPage found(String typed, FoundUsers found) {
        return new UsersPage(
                exchange.site(),
                administrator.name(),
                typed,
                found.users().stream().map(UserPages::row).toList(),
                found.more(),
                found.neverSeen().map(Account::name).orElse(""));
    }

    private static UserRow row(FoundUsers.User user) {
        return new UserRow(
                user.handle().toString(),
                user.account().name(),
                user.quarantined(),
                user.passkeys(),
                user.lastUsedAt());
    }

    UserPage of(AdministeredUser user) {
        List<PasskeyRow> rows = user.passkeys().stream()
                .map(passkey -> PasskeyRow.of(passkey, PROVIDERS))
                .toList();
        return UserPage.of(
                exchange.site(),
                administrator.name(),
                state(user),
                rows,
                user.pendingRequest().map(this::pending).orElse(null));
    }

    private UserState state(AdministeredUser user) {
        return new UserState(
                user.handle().toString(),
                user.account().name(),
                user.standing().name().toLowerCase(Locale.ROOT),
                user.quarantined(),
                user.administrator(),
                user.needsTwo(),
                user.account().key().equals(administrator.key()),
                exchange.runtime().authentication().passkeysAllowed());
    }

    private PendingReset pending(AdministeredUser.ResetRequest request) {
        return new PendingReset(
                request.id(), request.by(), request.byKey().equals(administrator.key()), request.expiresAt());
    }
}
