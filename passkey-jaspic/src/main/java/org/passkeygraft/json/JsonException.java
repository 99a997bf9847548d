package org.passkeygraft.json;

/**
 * The input is not the JSON that was asked for. Its message never echoes the input, so it may be logged; it tells names
 * that the program asked for, never names that came in.
 */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fault;

    JsonException(String fault) {
        // Without a stack trace: strangers decide how often one is made.
        super(fault, null, false, false);
        this.fault = fault;
    }

    /** Returns what is wrong, a sentence without its full stop. */
    public String fault() {
        return fault;
    }
}
