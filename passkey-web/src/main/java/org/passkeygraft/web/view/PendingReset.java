package org.passkeygraft.web.view;

import java.time.Instant;

/**
 * An administrator's wish for a pass, which another one must want too.
 *
 * @param own whether it is the wish of the administrator who looks at it
 */
public record PendingReset(String id, String by, boolean own, Instant expires) {
    public String expiresIso() {
        return new Moment(expires).iso();
    }

    public String expires(Texts texts) {
        return new Moment(expires).text(texts);
    }
}
