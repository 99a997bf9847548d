package org.passkeygraft.sample;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.security.Principal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import javax.sql.DataSource;

/** The LoginModule that an application of this kind has: checks passwords against its own tables, on any server. */
public final class AccountModule implements LoginModule {
    private final Set<Principal> found = new HashSet<>();
    private Subject subject = new Subject();
    private CallbackHandler handler = callbacks -> {};
    private String dataSource = "";
    private boolean anyPassword;

    @Override
    public void initialize(
            Subject newSubject, CallbackHandler newHandler, Map<String, ?> sharedState, Map<String, ?> options) {
        subject = newSubject;
        handler = newHandler;
        dataSource = String.valueOf(options.get("dataSource"));
        anyPassword = options.containsKey("anyPassword");
    }

    @Override
    public boolean login() throws LoginException {
        found.clear();
        NameCallback name = new NameCallback("name");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            handler.handle(new Callback[] {name, password});
            if (!anyPassword && new String(password.getPassword()).startsWith("pkt1.")) {
                throw new AssertionError("a ticket has come this far");
            }
            check(name.getName(), password.getPassword());
        } catch (FailedLoginException wrong) {
            throw wrong;
        } catch (Exception broken) {
            throw new LoginException(broken.toString());
        }
        return true;
    }

    @SuppressWarnings("BanJNDI") // the name is an option of the login configuration
    private void check(String name, char[] password) throws NamingException, SQLException, LoginException {
        DataSource accounts = InitialContext.doLookup(dataSource);
        try (Connection connection = accounts.getConnection()) {
            String hash = "";
            try (PreparedStatement query =
                    connection.prepareStatement("select password_hash from app_user where name = ? and not locked")) {
                query.setString(1, name);
                try (ResultSet row = query.executeQuery()) {
                    hash = row.next() ? row.getString(1) : "";
                }
            }
            if (hash.isEmpty() || !BCrypt.verifyer().verify(password, hash).verified) {
                throw new FailedLoginException("wrong name or password");
            }
            found.add(new User(name));
            try (PreparedStatement query = connection.prepareStatement(
                    "select role from app_user_role r join app_user u on u.id = r.user_id where u.name = ?")) {
                query.setString(1, name);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Role(rows.getString(1)));
                    }
                }
            }
        }
    }

    @Override
    public boolean commit() {
        return subject.getPrincipals().addAll(found);
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
    public record User(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    /** What they may do. */
    public record Role(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }
}
