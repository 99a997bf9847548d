package org.passkeygraft.engine;

import java.io.IOException;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.AuthenticationException;
import javax.naming.CommunicationException;
import javax.naming.NamingException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AccountLockedException;
import javax.security.auth.login.CredentialExpiredException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;

/** A login module as applications write them: the password is the name and "-secret", the name says what goes wrong. */
public final class TestLoginModule implements LoginModule {
    static final AtomicInteger LOGGED_OFF = new AtomicInteger();
    static final AtomicInteger ASKED = new AtomicInteger();
    static volatile String roles = "user";

    private @Nullable Subject subject;
    private @Nullable CallbackHandler handler;
    private String name = "";

    @Override
    public void initialize(
            Subject newSubject, CallbackHandler callbacks, Map<String, ?> sharedState, Map<String, ?> options) {
        subject = newSubject;
        handler = callbacks;
    }

    @Override
    public boolean login() throws LoginException {
        ASKED.incrementAndGet();
        NameCallback typed = new NameCallback("name");
        PasswordCallback secret = new PasswordCallback("password", false);
        ask(typed, secret, new Strange());
        String password = new String(secret.getPassword());
        switch (typed.getName()) {
            case "locked" -> throw new AccountLockedException("locked");
            case "expired" -> throw new CredentialExpiredException("expired");
            case "bare" -> throw new LoginException("wrong, says a module that knows no better");
            case "text" -> throw new LoginException("java.sql.SQLException: connection refused");
            case "directory" -> throw failed(new AuthenticationException("[LDAP: error code 49]"));
            case "directory-down" -> throw failed(new CommunicationException("connection refused"));
            case "defect" -> throw new IllegalStateException("a defect");
            case "outage" -> {
                LoginException outage = new LoginException("no database");
                outage.initCause(new IOException("connection refused"));
                throw outage;
            }
            default -> {
                if (!password.equals(typed.getName().strip().toLowerCase(Locale.ROOT) + "-secret")) {
                    throw new FailedLoginException("wrong");
                }
            }
        }
        name = typed.getName().strip().toLowerCase(Locale.ROOT);
        return true;
    }

    /** As the JDK's LdapLoginModule does it. */
    private static LoginException failed(NamingException cause) {
        LoginException failed = new FailedLoginException("Cannot bind to LDAP server");
        failed.initCause(cause);
        return failed;
    }

    private void ask(Callback... callbacks) throws LoginException {
        try {
            Objects.requireNonNull(handler).handle(callbacks);
        } catch (IOException | UnsupportedCallbackException e) {
            throw new LoginException(e.toString());
        }
    }

    @Override
    public boolean commit() {
        var principals = Objects.requireNonNull(subject).getPrincipals();
        principals.add(new User(name));
        for (String role : roles.split(" ", -1)) {
            principals.add(new Role(role));
        }
        if (name.equals("two")) {
            principals.add(new User("another"));
            principals.add(new User("one more"));
        }
        return true;
    }

    @Override
    public boolean abort() {
        return true;
    }

    @Override
    public boolean logout() {
        LOGGED_OFF.incrementAndGet();
        Objects.requireNonNull(subject).getPrincipals().clear();
        return true;
    }

    /** A container's own callback, which others do not know. */
    private static final class Strange implements Callback {}

    /** Whose name counts. */
    record User(String getName) implements Principal {}

    /** A role; by the class that it extends. */
    static class Role implements Principal {
        private final String name;

        Role(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
