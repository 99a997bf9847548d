package org.passkeygraft.sample.benchmark;

import com.yubico.webauthn.AssertionResultV2;
import com.yubico.webauthn.CredentialRepositoryV2;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.exception.Base64UrlException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The floor's two statements, by plain JDBC. */
@SuppressWarnings("deprecation") // how the library marks what is experimental
final class FloorCredentials implements CredentialRepositoryV2<FloorCredential> {
    private final DataSource database;

    FloorCredentials(DataSource database) {
        this.database = database;
    }

    @Override
    public Set<FloorCredential> getCredentialDescriptorsForUserHandle(ByteArray userHandle) {
        return Set.of();
    }

    @Override
    public boolean credentialIdExists(ByteArray credentialId) {
        return false;
    }

    @Override
    public Optional<FloorCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, owner, name, public_key, sign_count, backup_eligible, backed_up"
                                + " from floor_credential where id = ? and owner = ?")) {
            select.setString(1, credentialId.getBase64Url());
            select.setString(2, userHandle.getBase64Url());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(credential(row)) : Optional.empty();
            }
        } catch (SQLException | Base64UrlException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FloorCredential credential(ResultSet row) throws SQLException, Base64UrlException {
        return new FloorCredential(
                ByteArray.fromBase64Url(row.getString(1)),
                ByteArray.fromBase64Url(row.getString(2)),
                row.getString(3),
                ByteArray.fromBase64Url(row.getString(4)),
                row.getLong(5),
                row.getBoolean(6),
                row.getBoolean(7));
    }

    boolean advance(AssertionResultV2<FloorCredential> result) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update floor_credential set sign_count = ?, backed_up = ?,"
                                + " last_used_at = ? where id = ? and sign_count <= ?")) {
            update.setLong(1, result.getSignatureCount());
            update.setBoolean(2, result.isBackedUp());
            update.setTimestamp(3, Timestamp.from(Instant.now()));
            update.setString(4, result.getCredential().getCredentialId().getBase64Url());
            update.setLong(5, Math.max(result.getSignatureCount() - 1, 0));
            return update.executeUpdate() == 1;
        }
    }

    void insert(UserIdentity user, RegistrationResult result) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into floor_credential values (?, ?, ?, ?, ?, ?, ?, null)")) {
            insert.setString(1, result.getKeyId().getId().getBase64Url());
            insert.setString(2, user.getId().getBase64Url());
            insert.setString(3, user.getName());
            insert.setString(4, result.getPublicKeyCose().getBase64Url());
            insert.setLong(5, result.getSignatureCount());
            insert.setBoolean(6, result.isBackupEligible());
            insert.setBoolean(7, result.isBackedUp());
            insert.executeUpdate();
        }
    }
}
