package org.passkeygraft.servers.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Principal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/** The LoginModule that an application with a JAAS realm has: checks passwords against its own tables. */
public final class PasswordModule implements LoginModule {
    private final Set<Principal> found = new HashSet<>();
    private Subject subject = new Subject();
    private CallbackHandler handler = callbacks -> {};
    private String url = "";

    @Override
    public void initialize(
            Subject newSubject, CallbackHandler newHandler, Map<String, ?> sharedState, Map<String, ?> options) {
        subject = newSubject;
        handler = newHandler;
        url = String.valueOf(options.get("url"));
    }

    @Override
    public boolean login() throws LoginException {
        found.clear();
        NameCallback name = new NameCallback("name");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            handler.handle(new Callback[] {name, password});
            check(name.getName(), new String(password.getPassword()));
            return true;
        } catch (IOException | UnsupportedCallbackException | SQLException | GeneralSecurityException broken) {
            throw broken instanceof LoginException refused ? refused : new LoginException(broken.toString());
        }
    }

    private void check(String name, String password) throws SQLException, GeneralSecurityException {
        try (Connection connection = new org.h2.Driver().connect(url, new Properties())) {
            String hash = "{SHA256}"
                    + Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8)));
            try (PreparedStatement query = connection.prepareStatement(
                    "select name from app_user where name = ? and password_hash = ? and not locked")) {
                query.setString(1, name);
                query.setString(2, hash);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        throw new FailedLoginException("wrong name or password");
                    }
                    found.add(new User(row.getString(1)));
                }
            }
            addRoles(connection, name);
        }
    }

    private void addRoles(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select role from app_user_role where name = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Role(rows.getString(1)));
                }
            }
        }
    }

    @Override
    public boolean commit() {
        subject.getPrincipals().addAll(found);
        return true;
    }

    @Override
    public boolean abort() {
        return logout();
    }

    @Override
    public boolean logout() {
        subject.getPrincipals().removeAll(found);
        found.clear();
        return true;
    }

    /** Who it is. */
    public record User(String getName) implements Principal {}

    /** What they may do. */
    public record Role(String getName) implements Principal {}
}
