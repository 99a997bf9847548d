package org.passkeygraft.web.view;

import java.time.Instant;

/**
 * A pass to bind anew, shown once.
 *
 * @param link what its user opens
 */
public record GivenPass(String link, Instant expires) {
    public String expiresIso() {
        return new Moment(expires).iso();
    }

    public String expires(Texts texts) {
        return new Moment(expires).text(texts);
    }

    @Override
    public String toString() {
        return "GivenPass[link=***, expires=" + expires + "]";
    }
}
