package org.passkeygraft.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.ProofGroup;

/**
 * A fresh proof before a sensitive change.
 *
 * @param group what the proof will be good for; sent along as {@code for}
 * @param account who has to prove it
 * @param ways what can be shown now, any one of them
 * @param inParts whether a password is the first part of two
 * @param returnTo what {@code ?return=} said, checked by the servlet; sent along as {@code return}
 * @param back where Cancel leads, a path from the host's root
 * @param codes what can be shown beside the password now, null for nothing
 */
public record ConfirmPage(
        Site site,
        ProofGroup group,
        String account,
        Set<LogonMethod> ways,
        boolean inParts,
        String returnTo,
        String back,
        @Nullable CodeForm codes,
        @Nullable Notice notice,
        @Nullable Alert alert)
        implements Page {
    public ConfirmPage {
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("a confirmation needs a way to give it");
        }
        ways = Set.copyOf(ways);
    }

    public boolean passkey() {
        return ways.contains(LogonMethod.PASSKEY) || ways.contains(LogonMethod.SECURITY_KEY);
    }

    public boolean password() {
        return ways.contains(LogonMethod.PASSWORD);
    }

    /** Which part of two it is, empty where there is only one. */
    public String part() {
        if (!inParts) {
            return "";
        }
        if (password() && passkey()) {
            return site.text("confirm.part.backup");
        }
        return site.text(password() ? "confirm.part.first" : "confirm.part.second");
    }

    /** Whether nothing but the passkey helps here, so that only an administrator can help a user who lost it. */
    public boolean asksAdministrator() {
        return passkey() && !password() && codes == null;
    }

    public String passkeyButton() {
        return site.text(ways.contains(LogonMethod.PASSKEY) ? "confirm.passkey" : "confirm.key");
    }

    public String introduction() {
        return site.text("confirm.introduction." + group.label());
    }

    /** Returns the address of this page, also where it answers a form. */
    public String here() {
        return site.base() + "/confirm?for=" + group.label() + "&return="
                + URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
    }

    public boolean codeRefused() {
        return alert != null && alert.code().equals("code-refused");
    }

    public boolean fieldRefused() {
        return alert != null && alert.code().equals("authentication-failed");
    }

    @Override
    public boolean refusesField() {
        return (fieldRefused() && password()) || (codeRefused() && codes != null && codes.asks());
    }

    @Override
    public String address() {
        return site.base() + "/confirm?for=" + group.label() + "&return="
                + URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
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
