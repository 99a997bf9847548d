package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * The dialog that the list opens with. The script opens dialogs by itself; this is how they are reached without it, and
 * how a refused name comes back.
 *
 * @param passkeyId of the passkey that it is about
 * @param typed the name that was typed before, empty if none was
 * @param alert why it was refused
 */
public record PasskeyDialog(
        Kind kind, String passkeyId, String typed, @Nullable Alert alert) {
    /** What the dialog asks. */
    public enum Kind {
        RENAME,
        DELETE
    }

    /** For {@code ?rename=<id>&name=<typed>}. */
    public static PasskeyDialog rename(String passkeyId, String typed) {
        return new PasskeyDialog(Kind.RENAME, passkeyId, typed, null);
    }

    public static PasskeyDialog renameRefused(String passkeyId, String typed, Alert alert) {
        return new PasskeyDialog(Kind.RENAME, passkeyId, typed, alert);
    }

    /** For {@code ?delete=<id>}. */
    public static PasskeyDialog delete(String passkeyId) {
        return new PasskeyDialog(Kind.DELETE, passkeyId, "", null);
    }
}
