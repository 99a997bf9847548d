package org.passkeygraft.web.tags;

import java.io.IOException;
import org.passkeygraft.web.view.Html;

/** {@code <passkey:security/>}: a link to Logon Security, where callers see to their passkeys. */
public final class SecurityTag extends PasskeyTag {
    @Override
    void print() throws IOException {
        String words = label().isEmpty() ? texts().get("security.heading") : label();
        write("<a" + Html.attribute("href", contextPath() + "/passkey/security") + Html.attribute("class", cssClass())
                + ">" + Html.escaped(words) + "</a>");
    }
}
