package org.passkeygraft.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Stream;
import org.passkeygraft.Bytes;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/**
 * An H2 file in a directory that only the server's own user may enter, with a random password beside it (T-99). No
 * server mode, no console.
 */
record EmbeddedDatabase(Path directory, Secret password) {
    private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
    private static final String NAME = "passkey";
    private static final String PASSWORD_FILE = "passkey.password";
    private static final String OWNER_ONLY = "rwx------";
    private static final int PASSWORD_BYTES = 32;

    /** Finds the database of a directory, or prepares a new one. Warns: one file serves one server. */
    static EmbeddedDatabase in(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            refuseUnlessUsable(absolute);
            makePrivate(absolute);
            EmbeddedDatabase database = new EmbeddedDatabase(absolute, passwordIn(absolute.resolve(PASSWORD_FILE)));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "passkeys are kept in an embedded database in {0}: back it up, and set passkey.store.jndi or"
                            + " passkey.store.url before a second server shares the work",
                    absolute);
            return database;
        } catch (IOException failure) {
            throw new UnavailableException(
                    "passkey.store.dir is " + absolute + ": " + failure + " (name a directory of its own)", failure);
        }
    }

    Database.Url url() {
        // DB_CLOSE_ON_EXIT would leave a shutdown hook behind, and with it the application's class loader.
        // Written at once: what was answered as done must survive the death of the process a moment later.
        String url = "jdbc:h2:file:" + directory.resolve(NAME) + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
        return new Database.Url(url, NAME, password);
    }

    String description() {
        return "embedded H2 in " + directory;
    }

    private static void refuseUnlessUsable(Path directory) throws IOException {
        // A semicolon begins the settings of an H2 URL.
        if (directory.toString().indexOf(';') >= 0) {
            throw new FileSystemException(directory.toString(), null, "a semicolon cannot be in this path");
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        if (!isPosix(directory)) {
            Files.createDirectories(directory);
            return;
        }
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString(OWNER_ONLY);
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
        if (Files.getPosixFilePermissions(directory).equals(ownerOnly)) {
            return;
        }
        // Somebody's directory: closing it to others must not lock them out of what is theirs.
        if (!isEmpty(directory) && Files.notExists(directory.resolve(PASSWORD_FILE))) {
            throw new FileSystemException(directory.toString(), null, "others may enter it, and it holds other files");
        }
        Files.setPosixFilePermissions(directory, ownerOnly);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static Secret passwordIn(Path file) throws IOException {
        try {
            Files.createFile(file, ownerReadsAndWrites(file));
        } catch (FileAlreadyExistsException madeBefore) {
            LOG.log(System.Logger.Level.DEBUG, "password of the embedded database read from {0}", file);
        }
        // Empty if it is new, or if the power failed just here the first time.
        if (Files.size(file) == 0 && Files.notExists(file.resolveSibling(NAME + ".mv.db"))) {
            Files.writeString(file, newPassword(), StandardOpenOption.WRITE);
        }
        return new Secret(Files.readString(file).strip());
    }

    private static String newPassword() {
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        return Bytes.of(password).base64url();
    }

    private static FileAttribute<?>[] ownerReadsAndWrites(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
