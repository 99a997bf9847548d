package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.ceremony.Ceremonies;

/**
 * Seals what a form was sent, or what it led to, for the page that the browser is redirected to: that page has an address
 * which may be reloaded. Thread-safe.
 */
public final class SealedTexts {
    /** How many bytes of UTF-8 a text may have. */
    public static final int LONGEST = 1024;

    private final Ceremonies ceremonies;
    private final InstantSource clock;

    SealedTexts(Ceremonies ceremonies, InstantSource clock) {
        this.ceremonies = ceremonies;
        this.clock = clock;
    }

    /** What a text is; a token of one kind is never read as another. */
    public enum Kind {
        /** A user name that was typed; it stands in the address of the logon's second step. */
        USER_NAME("user-name", Duration.ofHours(1)),
        /** What is shown once after a form; it waits in the caller's session. */
        SHOWN_ONCE("shown-once", Duration.ofMinutes(2));

        private final String purpose;
        private final Duration lifetime;

        Kind(String purpose, Duration lifetime) {
            this.purpose = purpose;
            this.lifetime = lifetime;
        }
    }

    /** Returns a token for a text, URL-safe; empty if the text is longer than {@link #LONGEST}. */
    public Optional<String> seal(Kind kind, String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > LONGEST
                ? Optional.empty()
                : Optional.of(
                        ceremonies.sealText(kind.purpose, text, clock.instant().plus(kind.lifetime)));
    }

    /** Returns the text; empty if this is no token of ours of this kind, or too old. */
    public Optional<String> open(Kind kind, String token) {
        return token.isEmpty() ? Optional.empty() : ceremonies.openText(kind.purpose, token);
    }
}
