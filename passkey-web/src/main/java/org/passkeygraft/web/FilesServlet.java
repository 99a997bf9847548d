package org.passkeygraft.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.http.Paths;

/**
 * Our script, style and pictures, and nothing else below {@code /passkey/}. A servlet instead of the container's static
 * files, so that they are reachable without logon in every application that starts us. A file of the same path in the
 * application wins.
 */
public final class FilesServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String FOLDER = "/passkey/";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Paths.of(request);
        Optional<String> file = StaticFiles.find(path);
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else {
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cache-Control", StaticFiles.cacheControl(path));
            send(file.get(), request, response);
        }
    }

    private void send(String file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] content = content(file);
        if (content == null) {
            response.setHeader("Cache-Control", "no-store");
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String tag = '"' + Bytes.of(content).sha256().base64url().substring(0, 16) + '"';
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(type(file));
        response.setContentLength(content.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(content);
        }
    }

    private byte @Nullable [] content(String file) throws IOException {
        try (InputStream ofApplication = getServletContext().getResourceAsStream(FOLDER + file)) {
            if (ofApplication != null) {
                return ofApplication.readAllBytes();
            }
        }
        try (InputStream ours = FilesServlet.class.getResourceAsStream("/META-INF/resources" + FOLDER + file)) {
            return ours == null ? null : ours.readAllBytes();
        }
    }

    private static String type(String file) {
        if (file.endsWith(".js")) {
            return "text/javascript;charset=utf-8";
        }
        return file.endsWith(".css") ? "text/css;charset=utf-8" : "image/svg+xml";
    }
}
