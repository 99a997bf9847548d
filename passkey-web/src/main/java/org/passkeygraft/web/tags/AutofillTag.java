package org.passkeygraft.web.tags;

import java.io.IOException;

/** {@code <passkey:autofill/>}: autofill for the login form that it stands in, and no button. */
public final class AutofillTag extends PasskeyTag {
    @Override
    void print() throws IOException {
        write(formScript(false));
    }
}
