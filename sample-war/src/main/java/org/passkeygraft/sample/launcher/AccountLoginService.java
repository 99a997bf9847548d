package org.passkeygraft.sample.launcher;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.jetty.security.AbstractLoginService;
import org.eclipse.jetty.security.RolePrincipal;
import org.eclipse.jetty.security.UserPrincipal;
import org.eclipse.jetty.util.security.Credential;
import org.jspecify.annotations.Nullable;

/** The realm of the application as its server knows it: {@code app_user} and {@code app_user_role}. */
final class AccountLoginService extends AbstractLoginService {
    private final DataSource database;

    AccountLoginService(String realm, DataSource database) {
        setName(realm);
        this.database = database;
    }

    @Override
    protected @Nullable UserPrincipal loadUserInfo(String name) {
        List<String> hashes = column("select password_hash from app_user where name = ? and not locked", name);
        return hashes.isEmpty() ? null : new UserPrincipal(name, new BcryptCredential(hashes.get(0)));
    }

    @Override
    protected List<RolePrincipal> loadRoleInfo(UserPrincipal user) {
        return column(
                        "select r.role from app_user_role r join app_user u on u.id = r.user_id where u.name = ?",
                        user.getName())
                .stream()
                .map(RolePrincipal::new)
                .toList();
    }

    private List<String> column(String sql, String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the accounts cannot be read", e);
        }
    }

    /** A stored bcrypt hash. */
    private static final class BcryptCredential extends Credential {
        private static final long serialVersionUID = 1L;

        private final String hash;

        BcryptCredential(String hash) {
            this.hash = hash;
        }

        @Override
        public boolean check(Object credentials) {
            // Jetty's JASPI bridge hands over the characters, its FORM logon a text.
            char[] password = credentials instanceof char[] characters
                    ? characters
                    : String.valueOf(credentials).toCharArray();
            return BCrypt.verifyer().verify(password, hash).verified;
        }
    }
}
