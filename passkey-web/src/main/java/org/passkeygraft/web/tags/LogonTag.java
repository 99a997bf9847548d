package org.passkeygraft.web.tags;

import java.io.IOException;

/** {@code <passkey:logon/>}: autofill and a button for the login form that it stands in. */
public final class LogonTag extends PasskeyTag {
    @Override
    void print() throws IOException {
        write(formScript(true));
    }
}
