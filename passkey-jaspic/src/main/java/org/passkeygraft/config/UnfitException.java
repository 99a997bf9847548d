package org.passkeygraft.config;

/** A value cannot be used; the message is the remedy. */
final class UnfitException extends Exception {
    UnfitException(String remedy) {
        super(remedy, null, false, false);
    }

    String remedy() {
        return String.valueOf(getMessage());
    }
}
