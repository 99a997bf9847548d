package org.passkeygraft.servers;

import java.net.URI;
import java.util.Map;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** A browser that logs on by the pages of the graft, as they are with the module and with the filter. */
class DoorBrowser extends ScreenlessBrowser {
    DoorBrowser(URI base) {
        super(base);
    }

    @Override
    public DoorBrowser copy() {
        DoorBrowser copy = new DoorBrowser(base());
        copy.cookies().putAll(cookies());
        return copy;
    }

    /** Follows the way to the logon that an answer shows, and logs on there. */
    Answer logOnAt(Answer challenge, String username, String password) {
        String location = challenge.location();
        String target = location.substring(location.indexOf("?to=") + "?to=".length());
        visit("passkey/logon?to=" + target);
        return submit("passkey/logon/password", Map.of("username", username, "password", password, "to", target));
    }

    /** A logon by password whose answer can be compared with others. */
    Answer tryToLogOn(String username, String password) {
        return change("passkey/logon/password", Map.of("username", username, "password", password));
    }

    /** Sends what a passkey answered to the options of a logon. */
    Answer answerLogon(String assertion) {
        return post("passkey/logon/assertion", assertion);
    }

    @Override
    public Answer logOn(SoftwareAuthenticator authenticator) {
        return answerLogon(assertion(authenticator, options("logon").body()));
    }
}
