package org.passkeygraft.sample.launcher;

/** The server could not start; the message is one line and names what was in the way and what to do. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message.replaceAll("\\s*\\R\\s*", " "), cause);
    }
}
