package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the fields of a form of ours. */
public final class Fields {
    private Fields() {}

    /**
     * The field, if the request has it. In UTF-8 unless the request or the application's descriptor says otherwise: a
     * browser does not say it, and some containers would take the letters of a name or a password for ISO-8859-1.
     *
     * @throws RuntimeException of the container's if the form cannot be decoded
     */
    public static Optional<String> find(HttpServletRequest request, String name) {
        try {
            if (request.getCharacterEncoding() == null) {
                request.setCharacterEncoding(StandardCharsets.UTF_8.name());
            }
            Optional<StreamedForm> streamed =
                    StreamedForm.of(request).filter(form -> !form.text().isEmpty());
            return streamed.isPresent()
                    ? streamed.get().field(name, charset(request))
                    : Optional.ofNullable(request.getParameter(name));
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("every Java knows UTF-8", impossible);
        }
    }

    /** Returns the charset of the request; a container takes none any more once the body was read. */
    private static Charset charset(HttpServletRequest request) {
        String name = request.getCharacterEncoding();
        return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    }
}
