package org.passkeygraft.servers;

import java.net.URI;
import java.util.Map;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** A browser that logs on by the application's own form, with a ticket for the password where it has a passkey. */
final class FormBrowser extends DoorBrowser {
    private String lastPassword = "";

    FormBrowser(URI base) {
        super(base);
    }

    @Override
    public FormBrowser copy() {
        FormBrowser copy = new FormBrowser(base());
        copy.cookies().putAll(cookies());
        copy.lastPassword = lastPassword;
        return copy;
    }

    /** The challenge has made the container remember the page. */
    @Override
    Answer logOnAt(Answer challenge, String username, String password) {
        lastPassword = password;
        visit("login.jsp");
        return submit("j_security_check", Map.of("j_username", username, "j_password", password));
    }

    @Override
    public Answer logOn(String username, String password) {
        return logOnAt(visit("secret/page.jsp"), username, password);
    }

    @Override
    Answer tryToLogOn(String username, String password) {
        return logOn(username, password);
    }

    @Override
    Answer answerLogon(String assertion) {
        return post("passkey/ticket", assertion);
    }

    @Override
    public Answer logOn(SoftwareAuthenticator authenticator) {
        Answer ticket = super.logOn(authenticator);
        return ticket.status() == 200 ? logOn(ticket.text("username"), ticket.text("ticket")) : ticket;
    }

    /** A logon by the container is no proof: the password is asked for once more. */
    @Override
    public Answer bindingOptions(String name) {
        change("passkey/confirm/password", Map.of("password", lastPassword));
        return super.bindingOptions(name);
    }
}
