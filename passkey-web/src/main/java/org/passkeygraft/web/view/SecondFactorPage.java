package org.passkeygraft.web.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.LogonMethod;

/**
 * The other half of a logon.
 *
 * @param account whose first half was right; not logged on
 * @param mustBind whether a passkey must be bound now, because the account needs one and has none
 * @param ways any one of them completes the logon
 * @param target the sealed return target that travels as {@code to}, empty if there is none
 * @param suggestion the name that stands in the field of a new passkey
 * @param codes what can stand in for the passkey, null for nothing
 */
public record SecondFactorPage(
        Site site,
        String account,
        boolean mustBind,
        Set<LogonMethod> ways,
        String target,
        String suggestion,
        @Nullable CodeForm codes,
        @Nullable Alert alert)
        implements Page {
    public SecondFactorPage {
        ways = Set.copyOf(ways);
    }

    /** Whether a passkey of the user's, or an older key, is one of the ways. */
    public boolean asksPasskey() {
        return ways.contains(LogonMethod.PASSKEY) || ways.contains(LogonMethod.SECURITY_KEY);
    }

    public boolean asksPassword() {
        return ways.contains(LogonMethod.PASSWORD);
    }

    /** What is asked for, in one sentence. */
    public String introduction() {
        if (mustBind) {
            return site.text("second-factor.introduction.bind", site.relyingPartyName());
        }
        if (asksPassword()) {
            return site.text("second-factor.introduction.password");
        }
        return site.text(keysOnly() ? "second-factor.introduction.key" : "second-factor.introduction.passkey");
    }

    /** Whether nothing but the passkey helps here, so that only an administrator can help a user who lost it. */
    public boolean asksAdministrator() {
        return asksPasskey() && !asksPassword() && codes == null;
    }

    public String passkeyButton() {
        return site.text(keysOnly() ? "second-factor.key" : "second-factor.passkey");
    }

    public String passkeyHint() {
        return site.text(keysOnly() ? "bind.where.key.text" : "logon.passkey.hint");
    }

    private boolean keysOnly() {
        return !ways.contains(LogonMethod.PASSKEY);
    }

    /** Whether the alert is about what stands in the password's field. */
    public boolean fieldRefused() {
        return alert != null && alert.code().equals("authentication-failed");
    }

    /** Whether the alert is about what stands in the code's field. */
    public boolean codeRefused() {
        return alert != null && alert.code().equals("code-refused");
    }

    /** The beginning of the logon, for a script that came too late. */
    public String again() {
        String notice = site.base() + "/logon?notice=" + Notice.TOO_LATE.label();
        return target.isEmpty() ? notice : notice + "&to=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }

    @Override
    public boolean refusesField() {
        return (fieldRefused() && asksPassword()) || (codeRefused() && codes != null && codes.asks());
    }

    @Override
    public String address() {
        return target.isEmpty()
                ? site.base() + "/second-factor"
                : site.base() + "/second-factor?to=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }

    @Override
    public String heading() {
        return site.text(mustBind ? "second-factor.heading.bind" : "second-factor.heading");
    }

    @Override
    public String view() {
        return "second-factor.jsp";
    }
}
