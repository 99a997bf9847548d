package org.passkeygraft.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
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

    /** Serves one of the files through the container; false if the path is none of them. */
    static boolean serve(String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Matcher file = FILE.matcher(path);
        if (!file.matches()) {
            return false;
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Cache-Control",
                path.startsWith(FOLDER) ? "public, max-age=31536000, immutable" : "public, max-age=300");
        if (file.group(1) == null) {
            chain.doFilter(request, response);
        } else {
            request.getRequestDispatcher("/passkey/" + file.group(2)).forward(request, response);
        }
        return true;
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
