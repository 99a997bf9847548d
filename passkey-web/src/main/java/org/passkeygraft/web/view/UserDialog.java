package org.passkeygraft.web.view;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an administrator is asked before a user is changed. Always opened by the server, which has asked for a proof then.
 *
 * @param passkeyId of the passkey that it is about, empty if it is about all or none
 */
public record UserDialog(Kind kind, String passkeyId) {
    /** What the dialog asks. */
    public enum Kind {
        REVOKE("revoke", "/passkeys/"),
        REVOKE_ALL("revoke-all", "/passkeys/deletion"),
        END_SESSIONS("end-sessions", "/sessions/end"),
        RESET("reset", "/reset"),
        /** The same, for another administrator's wish. */
        APPROVE("approve", "/reset");

        private final String label;
        private final String path;

        Kind(String label, String path) {
            this.label = label;
            this.path = path;
        }
    }

    public static UserDialog of(Kind kind) {
        return new UserDialog(kind, "");
    }

    public static UserDialog revoke(String passkeyId) {
        return new UserDialog(Kind.REVOKE, passkeyId);
    }

    /** For {@code ?ask=<label>&passkey=<id>}. */
    public static Optional<UserDialog> parse(String label, String passkeyId) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .map(kind -> new UserDialog(kind, passkeyId));
    }

    /** What {@link #parse} reads; an id is safe in an address. */
    public String query() {
        return "ask=" + kind.label + (passkeyId.isEmpty() ? "" : "&passkey=" + passkeyId);
    }

    /** Where its form goes, below the user's address. */
    String action() {
        return kind.path + (kind == Kind.REVOKE ? passkeyId + "/deletion" : "");
    }

    /** A text of this dialog's. */
    String text(Site site, String part, String value) {
        return site.text("user." + kind.label + '.' + part, value);
    }
}
