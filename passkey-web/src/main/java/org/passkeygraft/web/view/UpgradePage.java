package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * A pause after a password logon, in which the browser may make a passkey by itself.
 *
 * @param onward where the browser goes if it makes none, a path from the host's root
 * @param target where it goes if it made one, the same
 * @param security the page that lists passkeys, the same
 */
public record UpgradePage(
        Site site,
        String onward,
        String target,
        String security,
        @Nullable Alert alert) implements Page {
    @Override
    public String heading() {
        return site.text("upgrade.heading");
    }

    @Override
    public String view() {
        return "upgrade.jsp";
    }

    public String made() {
        return site.text("upgrade.made.text", site.relyingPartyName());
    }
}
