package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** Keeps the files of a database of ours away from where a server hands files to browsers (T-99). */
final class StorePlace {
    private static final String H2 = "jdbc:h2:";
    private static final String FILE = "file:";
    private static final String DEPLOYED = "webapps";

    private StorePlace() {}

    /**
     * Refuses a database in a file below the context root, or below the folder that the server deploys applications from.
     *
     * @throws ServletException with key, value and remedy
     */
    static void refuseServed(Database database, ServletContext context) throws ServletException {
        Optional<Path> file = file(database).map(StorePlace::real);
        Optional<Path> root =
                Optional.ofNullable(context.getRealPath("/")).map(Path::of).map(StorePlace::real);
        if (file.isEmpty() || root.isEmpty()) {
            return;
        }
        Path served = Optional.ofNullable(root.get().getParent())
                .filter(parent -> parent.endsWith(DEPLOYED))
                .orElse(root.get());
        if (file.get().startsWith(served)) {
            String key = database instanceof Database.Embedded ? "passkey.store.dir" : "passkey.store.url";
            throw new ServletException("Passkey Graft cannot start in " + context.getContextPath() + ": " + key
                    + " leads to \"" + file.get() + "\", below " + served + ", from where the server may hand files to"
                    + " browsers: name a directory elsewhere, such as /var/lib/passkey-graft");
        }
    }

    private static Optional<Path> file(Database database) {
        if (database instanceof Database.Embedded embedded) {
            return Optional.of(embedded.directory());
        }
        return database instanceof Database.Url url ? fileOfH2(url.url()) : Optional.empty();
    }

    /** Returns the file that an H2 URL names; empty for other URLs, and for those of servers and memory. */
    private static Optional<Path> fileOfH2(String url) {
        if (!url.startsWith(H2)) {
            return Optional.empty();
        }
        String place = url.substring(H2.length()).split(";", 2)[0];
        String path = place.startsWith(FILE) ? place.substring(FILE.length()) : place;
        if (path.matches("(mem|tcp|ssl|zip|nio|nioMapped|async|split|retry|nioMemFS|nioMemLZF|memFS|memLZF):.*")) {
            return Optional.empty();
        }
        return Optional.of(Path.of(path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path));
    }

    /** Follows symbolic links as far as the path exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path there = absolute;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(absolute));
        } catch (IOException unreadable) {
            return absolute;
        }
    }
}
