package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * The offer to bind a passkey, after a password logon.
 *
 * @param account whose passkey it will be
 * @param suggestion the name that stands in the field
 * @param target the sealed return target that "Not now" sends as {@code to}, empty if there is none
 * @param onward where the browser goes once the passkey is bound, a path from the host's root in which
 *     <code>{id}</code> stands for the new passkey's id
 * @param elsewhere where the browser goes at once if it cannot make any passkey, a path from the host's root
 */
public record BindPage(
        Site site,
        String account,
        String suggestion,
        String target,
        String onward,
        String elsewhere,
        @Nullable Alert alert)
        implements Page {
    @Override
    public String heading() {
        return site.text("bind.heading");
    }

    @Override
    public String view() {
        return "bind.jsp";
    }

    public String introduction() {
        return site.text("bind.introduction", site.relyingPartyName());
    }
}
