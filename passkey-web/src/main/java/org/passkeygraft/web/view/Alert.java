package org.passkeygraft.web.view;

/**
 * Something that went wrong, by the {@code code} that the problem body of the same refusal has; a few codes exist only
 * on pages ({@code username-missing}, {@code password-too-weak}).
 *
 * @param retryAfter seconds until another try makes sense, 0 if that is not known
 */
public record Alert(String code, long retryAfter) {
    private static final int LONGEST_IN_SECONDS = 90;

    public static Alert of(String code) {
        return new Alert(code, 0);
    }

    /** The sentence to show; a code without one gets a general sentence, never a bare code. */
    public String text(Texts texts) {
        String key = "error." + code;
        if (retryAfter > 0 && texts.has(key + ".seconds")) {
            return retryAfter <= LONGEST_IN_SECONDS
                    ? texts.format(key + ".seconds", Math.max(2, retryAfter))
                    : texts.format(key + ".minutes", (retryAfter + 59) / 60);
        }
        return texts.get(texts.has(key) ? key : "error.unknown");
    }
}
