package org.passkeygraft.servers.wars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two accounts in tables of the application's: {@code member} has the role that the application asks for, {@code stranger}
 * another one. The tables are made anew in the memory of whoever opens them, whichever H2 that has.
 */
final class Accounts {
    static final String PASSWORD = "correct horse";

    private Accounts() {}

    /** What has to be written to graft an application onto these accounts. */
    static Map<String, String> settings(Path directory, String role) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("passkey.rp.id", "localhost");
        settings.put("passkey.rp.origins", "http://localhost:8080");
        settings.put("passkey.store.dir", directory.resolve("passkeys").toString());
        // No blank may stand in the URL.
        settings.put(
                "passkey.accounts.url",
                "jdbc:h2:mem:accounts;DB_CLOSE_DELAY=-1;INIT=RUNSCRIPT/**/FROM'" + script(directory, role) + "'");
        settings.put(
                "passkey.accounts.sql.by-name",
                "select name as account_name, hash as password_hash, not locked as usable from account where name = :name");
        settings.put("passkey.accounts.sql.groups", "select role from account where name = :name");
        settings.put("passkey.accounts.sql.password-format", "sha256-hex");
        return settings;
    }

    private static Path script(Path directory, String role) {
        try {
            return Files.writeString(
                    Files.createDirectories(directory).resolve("accounts.sql"), """
                    create table if not exists account (name varchar(20) primary key, hash varchar(64), role varchar(20), locked boolean);
                    merge into account key (name) values ('member', '%1$s', '%2$s', false), ('stranger', '%1$s', 'guest', false);
                    """.formatted(hash(), role));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PASSWORD.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
