package org.passkeygraft.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where databases are. */
final class DatabaseParser {
    private DatabaseParser() {}

    /** A name in the container's own naming context: a scheme such as ldap: would let the name fetch foreign code. */
    static String jndi(String text) throws UnfitException {
        boolean foreign = text.contains(":") && !text.startsWith("java:");
        if (foreign || text.chars().anyMatch(Character::isWhitespace)) {
            throw new UnfitException("write a data source's name such as java:comp/env/jdbc/app");
        }
        return text;
    }

    static String url(String text) throws UnfitException {
        String url = text.strip();
        if (!url.matches("jdbc:[a-z0-9]+:\\S+")) {
            throw new UnfitException("write a JDBC URL such as jdbc:postgresql://localhost/app");
        }
        return url;
    }

    static Path directory(String text) throws UnfitException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // Told below, like a relative one.
        }
        throw new UnfitException("write an absolute path");
    }
}
