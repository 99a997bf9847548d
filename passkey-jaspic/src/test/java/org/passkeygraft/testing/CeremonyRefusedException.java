package org.passkeygraft.testing;

/** A browser would have rejected the promise of {@code create()} or {@code get()}: nothing is sent to the server. */
public final class CeremonyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String errorName;

    CeremonyRefusedException(String errorName, String message) {
        super(errorName + ": " + message);
        this.errorName = errorName;
    }

    /** Name of the DOMException, {@code NotAllowedError} for instance. */
    public String errorName() {
        return errorName;
    }
}
