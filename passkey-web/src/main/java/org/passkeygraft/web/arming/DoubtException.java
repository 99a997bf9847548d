package org.passkeygraft.web.arming;

/** A page, or a part of it, that browsers might read otherwise than we do: it stays as it is. */
final class DoubtException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param reason for the log: what about the page is in doubt */
    DoubtException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
