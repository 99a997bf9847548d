package org.passkeygraft.web.tags;

import jakarta.servlet.jsp.JspException;
import java.io.IOException;

/** {@code <passkey:allowed>}: its body, if passkeys are allowed now. */
public final class AllowedTag extends PasskeyTag {
    @Override
    void print() throws JspException, IOException {
        if (getJspBody() != null) {
            getJspBody().invoke(null);
        }
    }
}
