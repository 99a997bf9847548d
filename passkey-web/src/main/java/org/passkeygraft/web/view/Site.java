package org.passkeygraft.web.view;

/**
 * What all pages have in common.
 *
 * @param contextPath of the application, empty for the root
 * @param assets the folder of {@code passkey.css}, {@code passkey.js} and {@code icon/} as a path from the host's root,
 *     without a slash at its end; versioned, so that it can be cached long
 * @param relyingPartyId the domain that passkeys are bound to
 * @param relyingPartyName the application's name, as its users know it
 * @param forgottenPassword where a forgotten password is dealt with, empty if nowhere
 */
public record Site(
        String contextPath,
        String assets,
        String relyingPartyId,
        String relyingPartyName,
        Texts texts,
        String forgottenPassword) {

    /** Below this lies everything of ours; the script reads it from the page and never guesses. */
    public String base() {
        return contextPath + "/passkey";
    }

    public String home() {
        return contextPath + "/";
    }

    public String text(String key) {
        return texts.get(key);
    }

    public String text(String key, Object value) {
        return texts.format(key, value);
    }
}
