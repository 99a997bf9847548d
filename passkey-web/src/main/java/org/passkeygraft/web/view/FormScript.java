package org.passkeygraft.web.view;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one script element that teaches a login form of the application's own passkeys. Its HTML is plain ASCII, so that it
 * fits into a page of any encoding.
 *
 * @param contextPath of the application, empty for the root
 * @param mode what a passkey leads to
 * @param button whether the form gets a button, or autofill only
 * @param label of the button; empty for ours
 * @param cssClass of the button; empty for {@code passkey-logon}
 * @param nonce that the page's content policy asks of scripts; empty for none
 */
public record FormScript(
        String contextPath, Mode mode, Texts texts, boolean button, String label, String cssClass, String nonce) {
    /** Below the context; a stable address, so that a page may be kept. */
    public static final String PATH = "/passkey/passkey-form.js";

    /** What {@code passkey-form.js} may have to say. */
    private static final List<String> SPOKEN = List.of(
            "status.prompt",
            "status.done",
            "error.unknown",
            "error.logon.authentication-failed",
            "error.wrong-account",
            "error.ceremony-expired",
            "error.passkeys-off",
            "error.cross-origin",
            "error.too-many-requests",
            "error.too-many-requests.seconds",
            "error.too-many-requests.minutes",
            "error.unavailable",
            "error.network",
            "error.server",
            "error.cancelled",
            "error.wrong-site",
            "error.unsupported",
            "error.device-failed",
            "error.signal-unknown");

    /** What a passkey leads to. */
    public enum Mode {
        /** A logon of ours, in the session. */
        SESSION("session"),
        /** A ticket that the form takes to {@code j_security_check} in place of a password. */
        TICKET("ticket");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** Whether the container itself, behind a realm of its own, wants a name and a password in the form. */
        public static Mode of(boolean behindRealm) {
            return behindRealm ? TICKET : SESSION;
        }
    }

    /** The element, in ASCII. */
    public String html() {
        return "<script type=\"module\""
                + Html.attribute("src", contextPath + PATH)
                + Html.attribute("nonce", nonce)
                + Html.attribute("data-passkey-base", contextPath + "/passkey")
                + Html.attribute("data-passkey-form", button ? "button" : "autofill")
                + Html.attribute("data-passkey-mode", mode.word)
                + Html.attribute("data-passkey-label", label.isEmpty() ? texts.get("form.logon") : label)
                + Html.attribute("data-passkey-class", cssClass)
                + Html.attribute("data-passkey-lang", texts.language())
                + Html.attribute("data-passkey-dir", texts.direction())
                + Html.attribute("data-passkey-texts", spoken())
                + "></script>";
    }

    private String spoken() {
        return SPOKEN.stream()
                .map(key -> json(key) + ':' + json(texts.get(key)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
