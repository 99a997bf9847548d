package org.passkeygraft.sample.launcher;

/** The command line is wrong; the message is the one line that says how. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
