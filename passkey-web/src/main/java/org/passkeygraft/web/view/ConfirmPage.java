package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;
import org.passkeygraft.ProofGroup;

/**
 * A fresh proof before a sensitive change.
 *
 * @param group what the proof will be good for; sent along as {@code for}
 * @param account who has to prove it
 * @param passkey whether a passkey counts as proof
 * @param password whether a password does; it is too weak where the account has a passkey
 * @param returnTo what {@code ?return=} said, checked by the servlet; sent along as {@code return}
 * @param back where Cancel leads, a path from the host's root
 */
public record ConfirmPage(
        Site site,
        ProofGroup group,
        String account,
        boolean passkey,
        boolean password,
        String returnTo,
        String back,
        @Nullable Notice notice,
        @Nullable Alert alert)
        implements Page {
    public ConfirmPage {
        if (!passkey && !password) {
            throw new IllegalArgumentException("a confirmation needs a way to give it");
        }
    }

    public String introduction() {
        return site.text("confirm.introduction." + group.label());
    }

    public String noticeText() {
        return notice == null ? "" : notice.text(site.texts());
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
