package org.passkeygraft.web.view;

/**
 * Where a page asks for a backup code in place of a passkey.
 *
 * @param action the address of the form for the code; with {@code /request} behind it, of that which sends one
 * @param proofFor what the code is to prove, sent along as {@code for}; empty where it completes a logon
 * @param hiddenName of the field that says where to go on
 * @param masked where a one-time code would go, empty for nowhere
 * @param sent whether one has gone there
 * @param recovery whether a recovery code can be shown
 */
public record CodeForm(
        Site site,
        String action,
        String proofFor,
        String hiddenName,
        String hiddenValue,
        String masked,
        boolean sent,
        boolean recovery) {
    public boolean sends() {
        return !masked.isEmpty();
    }

    public boolean asks() {
        return sent || recovery;
    }

    public String sendButton() {
        return site.text(sent ? "codes.send.again" : "codes.send", masked);
    }

    public String label() {
        if (sent && recovery) {
            return site.text("codes.label.either");
        }
        return site.text(sent ? "codes.label.sent" : "codes.label.recovery");
    }

    /** A keyboard of digits only where nothing else can be typed. */
    public String inputMode() {
        return sent && !recovery ? "numeric" : "text";
    }
}
