package org.passkeygraft.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types a body of ours may have; a charset other than UTF-8 makes it another type (T-68). */
public enum MediaType {
    JSON,
    FORM,
    OTHER;

    /** The type of a body with this Content-Type header; null if there was none. */
    public static MediaType of(@Nullable String contentType) {
        if (contentType == null) {
            return OTHER;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("charset=") && !parameter.matches("charset=\"?utf-8\"?")) {
                return OTHER;
            }
        }
        return switch (parts[0].strip()) {
            case "application/json" -> JSON;
            case "application/x-www-form-urlencoded" -> FORM;
            default -> OTHER;
        };
    }
}
