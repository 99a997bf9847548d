package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * The offer to bind a passkey, after a password logon, or the demand for one, on the way to a place of the application that
 * wants more than a password.
 *
 * @param account whose passkey it will be
 * @param suggestion the name that stands in the field
 * @param passwordFact the key of the text that says what the password is good for from then on
 * @param demanded whether there is no way on without one
 * @param target the sealed return target that "Not now" sends as {@code to}, empty if there is none
 * @param again the sealed target that leads back here after a confirmation
 * @param onward where the browser goes once the passkey is bound, a path from the host's root in which
 *     <code>{id}</code> stands for the new passkey's id
 * @param elsewhere where the browser goes at once if it cannot make any passkey, and where Cancel leads, a path from the
 *     host's root
 */
public record BindPage(
        Site site,
        String account,
        String suggestion,
        String passwordFact,
        boolean demanded,
        String target,
        String again,
        String onward,
        String elsewhere,
        @Nullable Notice notice,
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
        return demanded ? site.text("bind.demanded") : site.text("bind.introduction", site.relyingPartyName());
    }

    public String unsupported() {
        return site.text(demanded ? "bind.demanded.unsupported" : "bind.unsupported");
    }

    public String noscript() {
        return site.text(demanded ? "bind.demanded.noscript" : "bind.noscript");
    }
}
