package org.passkeygraft.jaas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/** The module an application has: knows one password, and writes down whatever reaches it. */
public final class PasswordModule implements LoginModule {
    /** What reached any instance, in order, since the list was cleared: calls, and passwords that were tried. */
    static final List<String> SEEN = new ArrayList<>();

    private Subject subject = new Subject();
    private CallbackHandler handler = callbacks -> {};
    private Map<String, ?> options = Map.of();
    private boolean loggedIn;

    @Override
    public void initialize(
            Subject newSubject, CallbackHandler newHandler, Map<String, ?> sharedState, Map<String, ?> newOptions) {
        subject = newSubject;
        handler = newHandler;
        options = newOptions;
        SEEN.add("initialize " + newOptions);
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("name");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            handler.handle(new Callback[] {name, password});
        } catch (Exception unanswered) {
            throw new LoginException(unanswered.toString());
        }
        String tried = new String(password.getPassword());
        SEEN.add("tried " + tried);
        loggedIn = tried.equals("right") || "always".equals(options.get("succeeds"));
        if (!loggedIn) {
            throw new FailedLoginException("wrong password");
        }
        return true;
    }

    @Override
    public boolean commit() {
        SEEN.add("commit");
        if (loggedIn) {
            subject.getPrincipals().add(new GroupPrincipal("password"));
        }
        return loggedIn;
    }

    @Override
    public boolean abort() {
        SEEN.add("abort");
        return loggedIn;
    }

    @Override
    public boolean logout() {
        SEEN.add("logout");
        subject.getPrincipals().remove(new GroupPrincipal("password"));
        return true;
    }
}
