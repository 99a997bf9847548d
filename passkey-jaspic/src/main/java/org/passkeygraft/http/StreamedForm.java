package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A form whose length nobody told: proxies send one in chunks, and HTTP/2 needs no length. A container would read megabytes of
 * it, so it is read here, once a request, and its bytes are counted (G1).
 *
 * @param text the body, each character an octet; empty if somebody else has read it before
 * @param isWhole whether all of it came and is within the limit
 */
record StreamedForm(String text, boolean isWhole) {
    private static final String KEPT = StreamedForm.class.getName();

    /** Returns the form, reading it at the first call; empty if the request is no form or tells its length. */
    static Optional<StreamedForm> of(HttpServletRequest request) {
        if (request.getAttribute(KEPT) instanceof StreamedForm known) {
            return Optional.of(known);
        }
        if (request.getContentLengthLong() >= 0
                || MediaType.of(request.getContentType()) != MediaType.FORM
                || !request.getMethod().equals("POST")) {
            return Optional.empty();
        }
        StreamedForm form = read(request);
        request.setAttribute(KEPT, form);
        return Optional.of(form);
    }

    private static StreamedForm read(HttpServletRequest request) {
        try {
            byte[] octets = request.getInputStream().readNBytes(FormRule.MAX_BYTES + 1);
            boolean whole = octets.length <= FormRule.MAX_BYTES;
            return new StreamedForm(whole ? new String(octets, StandardCharsets.ISO_8859_1) : "", whole);
        } catch (IllegalStateException readByAReader) {
            return new StreamedForm("", true);
        } catch (IOException brokenOff) {
            return new StreamedForm("", false);
        }
    }

    /**
     * Returns the first field of this name.
     *
     * @throws IllegalArgumentException if the form is not encoded as application/x-www-form-urlencoded
     */
    Optional<String> field(String name, Charset charset) {
        return Stream.of(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> URLDecoder.decode(pair[0], charset).equals(name))
                .map(pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], charset))
                .findFirst();
    }
}
