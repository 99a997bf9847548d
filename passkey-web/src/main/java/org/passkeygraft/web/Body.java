package org.passkeygraft.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.passkeygraft.Bytes;
import org.passkeygraft.http.FormRule;
import org.passkeygraft.http.MediaType;
import org.passkeygraft.json.Json;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;

/** Reads request bodies: the type first, then at most 64 KiB, counted while reading (G1). */
final class Body {
    private static final int LARGEST = 64 * 1024;

    private Body() {}

    /** A JSON body as it came, not yet parsed. */
    static Bytes json(HttpServletRequest request, HttpServletResponse response) throws IOException, RefusedException {
        if (MediaType.of(request.getContentType()) != MediaType.JSON) {
            closeConnection(response);
            throw new RefusedException(Problem.UNSUPPORTED_MEDIA_TYPE);
        }
        refuseDeclaredSize(request, response);
        InputStream stream = request.getInputStream();
        byte[] content = stream.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            closeConnection(response);
            throw new RefusedException(Problem.TOO_LARGE);
        }
        return Bytes.of(content);
    }

    static JsonObject parsed(Bytes body) throws RefusedException {
        try {
            return Json.parse(body);
        } catch (JsonException malformed) {
            throw RefusedException.malformed(malformed);
        }
    }

    /** Refuses whatever is not a form of reasonable size before a parameter is read. */
    static void requireForm(HttpServletRequest request, HttpServletResponse response) throws RefusedException {
        Optional<FormRule.Objection> objection = FormRule.objection(request);
        if (objection.isPresent()) {
            if (objection.get() != FormRule.Objection.QUERY) {
                closeConnection(response);
            }
            throw new RefusedException(problem(objection.get()));
        }
    }

    /** For a body that nobody will read: a container ends the connection then, and without a word the next request is lost. */
    static void leave(HttpServletRequest request, HttpServletResponse response) {
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            closeConnection(response);
        }
    }

    private static Problem problem(FormRule.Objection objection) {
        return switch (objection) {
            case TYPE -> Problem.UNSUPPORTED_MEDIA_TYPE;
            case SIZE -> Problem.TOO_LARGE;
            case QUERY -> Problem.INVALID_REQUEST;
        };
    }

    private static void refuseDeclaredSize(HttpServletRequest request, HttpServletResponse response)
            throws RefusedException {
        if (request.getContentLengthLong() > LARGEST) {
            closeConnection(response);
            throw new RefusedException(Problem.TOO_LARGE);
        }
    }

    /** What was not read must never be taken for the connection's next request (T-66). */
    private static void closeConnection(HttpServletResponse response) {
        response.setHeader("Connection", "close");
    }
}
