package org.passkeygraft.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.passkeygraft.Bytes;

/**
 * Our script, style and pictures. Their plain addresses are stable and cached for five minutes; the same files below a
 * folder named after their content are cached for a year, and that is what our own pages ask for.
 */
final class StaticFiles {
    private static final String FOLDER = "/passkey/v-" + contentTag();
    private static final Pattern FILE = Pattern.compile(
            "/passkey/(v-[A-Za-z0-9_-]+/)?(passkey\\.css|passkey(?:-pages|-form)?\\.js|icon/[a-z-]+\\.svg)");

    private StaticFiles() {}

    /** Where our pages find the files, below the context. */
    static String folder() {
        return FOLDER;
    }

    /** Which file is meant by a path, relative to where our files are; empty if none. */
    static Optional<String> find(String path) {
        Matcher file = FILE.matcher(path);
        return file.matches() ? Optional.of(file.group(2)) : Optional.empty();
    }

    /** What may be stored of it by whom. */
    static String cacheControl(String path) {
        return path.startsWith(FOLDER) ? "public, max-age=31536000, immutable" : "public, max-age=300";
    }

    private static String contentTag() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (String name : List.of("passkey.css", "passkey.js", "passkey-pages.js", "passkey-form.js")) {
            try (InputStream file = StaticFiles.class.getResourceAsStream("/META-INF/resources/passkey/" + name)) {
                if (file != null) {
                    file.transferTo(content);
                }
            } catch (IOException damaged) {
                throw new UncheckedIOException("the jar of passkey-web is damaged: " + name, damaged);
            }
        }
        return Bytes.of(content.toByteArray()).sha256().base64url().substring(0, 8);
    }
}
