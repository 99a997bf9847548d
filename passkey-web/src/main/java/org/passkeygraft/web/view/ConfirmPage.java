package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * A fresh proof before a sensitive change.
 *
 * @param account who has to prove it
 * @param passkey whether a passkey counts as proof
 * @param password whether a password does; it is too weak where the account has a passkey
 * @param returnTo what {@code ?return=} said, checked by the servlet; sent along as {@code return}
 * @param back where Cancel leads, a path from the host's root
 */
public record ConfirmPage(
        Site site,
        String account,
        boolean passkey,
        boolean password,
        String returnTo,
        String back,
        @Nullable Alert alert)
        implements Page {
    public ConfirmPage {
        if (!passkey && !password) {
            throw new IllegalArgumentException("a confirmation needs a way to give it");
        }
    }

    public boolean fieldRefused() {
        return alert != null && alert.code().equals("authentication-failed");
    }

    @Override
    public String heading() {
        return site.text("confirm.heading");
    }

    @Override
    public String view() {
        return "confirm.jsp";
    }
}
