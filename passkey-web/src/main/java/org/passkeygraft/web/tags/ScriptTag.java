package org.passkeygraft.web.tags;

import java.io.IOException;
import org.passkeygraft.web.view.Html;

/** {@code <passkey:script/>}: the module for scripts of the page, with the place of the endpoints. */
public final class ScriptTag extends PasskeyTag {
    @Override
    void print() throws IOException {
        write("<script type=\"module\"" + Html.attribute("src", contextPath() + "/passkey/passkey.js")
                + nonceAttribute() + Html.attribute("data-passkey-base", contextPath() + "/passkey") + "></script>");
    }
}
