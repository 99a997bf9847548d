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
}
