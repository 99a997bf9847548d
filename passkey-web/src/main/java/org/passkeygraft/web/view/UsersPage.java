package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The users that an administrator searched for.
 *
 * @param query as typed, empty for the first of all
 * @param more whether there are users beyond these
 * @param neverSeen the account that has exactly the name typed and never had a passkey; empty if there is none
 */
public record UsersPage(Site site, String account, String query, List<UserRow> users, boolean more, String neverSeen)
        implements AdministrationPage {
    public UsersPage {
        users = List.copyOf(users);
    }

    public boolean nothing() {
        return users.isEmpty() && neverSeen.isEmpty();
    }

    public String moreText() {
        return site.text("users.more", users.size());
    }

    @Override
    public AdministrationTab tab() {
        return AdministrationTab.USERS;
    }

    @Override
    public @Nullable Alert alert() {
        return null;
    }

    @Override
    public String view() {
        return "users.jsp";
    }
}
