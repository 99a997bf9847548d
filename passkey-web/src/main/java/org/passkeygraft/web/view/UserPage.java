package org.passkeygraft.web.view;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One user, for an administrator.
 *
 * @param account the administrator's name
 * @param request a pass that waits for a second administrator, null for none
 * @param dialog the one that is open, null for none
 * @param pass the pass that was just given, null for none
 */
public record UserPage(
        Site site,
        String account,
        UserState user,
        List<PasskeyRow> passkeys,
        @Nullable PendingReset request,
        @Nullable UserDialog dialog,
        @Nullable GivenPass pass,
        @Nullable Notice notice,
        @Nullable Alert alert)
        implements AdministrationPage {
    public UserPage {
        passkeys = List.copyOf(passkeys);
    }

    /** The user and nothing else to say. */
    public static UserPage of(
            Site site, String account, UserState user, List<PasskeyRow> passkeys, @Nullable PendingReset request) {
        return new UserPage(site, account, user, passkeys, request, null, null, null, null);
    }

    public UserPage with(Notice said) {
        return new UserPage(site, account, user, passkeys, request, dialog, pass, said, alert);
    }

    public UserPage with(Alert refusal) {
        return new UserPage(site, account, user, passkeys, request, dialog, pass, notice, refusal);
    }

    public UserPage with(GivenPass given) {
        return new UserPage(site, account, user, passkeys, request, dialog, given, notice, alert);
    }

    /** The dialog, unless there is nothing any more that it could be about. */
    public UserPage with(UserDialog asked) {
        boolean possible = switch (asked.kind()) {
            case REVOKE -> passkey(asked).isPresent() && canRevokeOne();
            case APPROVE -> request != null && !request.own();
            case REVOKE_ALL -> !user.needsTwo();
            case END_SESSIONS, RESET -> true;
        };
        return possible && !user.own()
                ? new UserPage(site, account, user, passkeys, request, asked, pass, notice, alert)
                : this;
    }

    /** Whether a single passkey can be revoked: the last one may have to stay. */
    public boolean canRevokeOne() {
        return !user.own() && (!user.needsTwo() || passkeys.size() > 1);
    }

    private Optional<PasskeyRow> passkey(UserDialog asked) {
        return passkeys.stream()
                .filter(row -> row.id().equals(asked.passkeyId()))
                .findFirst();
    }

    /** The user's own address. */
    @Override
    public String address() {
        return AdministrationTab.USERS.address(site) + '/' + user.id();
    }

    public String standing() {
        return site.text("user.account." + user.account());
    }

    public String pending() {
        return request == null ? "" : site.text(request.own() ? "user.request.own" : "user.request", request.by());
    }

    public String passText() {
        return site.text("user.pass.text", user.name());
    }

    /** What the open dialog says of the passkey that it is about, or of the user. */
    public String asks(String part) {
        if (dialog == null) {
            return "";
        }
        return dialog.text(site, part, passkey(dialog).map(PasskeyRow::name).orElse(user.name()));
    }

    public String action() {
        return dialog == null ? "" : address() + dialog.action();
    }

    /** The wish that the open dialog's form answers, empty if it answers none. */
    public String answered() {
        return dialog != null && dialog.kind() == UserDialog.Kind.APPROVE && request != null ? request.id() : "";
    }

    public boolean twoNeeded() {
        return dialog != null && dialog.kind() == UserDialog.Kind.RESET && user.administrator();
    }

    @Override
    public AdministrationTab tab() {
        return AdministrationTab.USERS;
    }

    @Override
    public String heading() {
        return user.name();
    }

    @Override
    public String view() {
        return "user.jsp";
    }
}
