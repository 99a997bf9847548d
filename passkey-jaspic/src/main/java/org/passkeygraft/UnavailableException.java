package org.passkeygraft;

import org.jspecify.annotations.Nullable;

/**
 * The database or the application's accounts cannot answer now. Never counts as a wrong password and never lets anybody
 * in; a browser sees 503.
 */
public final class UnavailableException extends RuntimeException {
    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    private UnavailableException(String message) {
        super(message, null, false, false);
    }

    /** Returns one for a refusal because of too much work at once. It has no stack trace: a flood must not fill the log. */
    public static UnavailableException busy(String message) {
        return new UnavailableException(message);
    }
}
