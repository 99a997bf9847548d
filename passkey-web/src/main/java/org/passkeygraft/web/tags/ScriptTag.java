package org.passkeygraft.web.tags;

import java.io.IOException;

/** {@code <passkey:script/>}: the module for scripts of the page, with the place of the endpoints. */
public final class ScriptTag extends PasskeyTag {
    @Override
    void print() throws IOException {
        write("<script type=\"module\"" + attribute("src", contextPath() + "/passkey/passkey.js") + nonceAttribute()
                + attribute("data-passkey-base", contextPath() + "/passkey") + "></script>");
    }
}
