package org.passkeygraft.web.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One user of a search's result.
 *
 * @param id the user's name in URLs
 * @param quarantined whether another account has got the name since
 * @param lastUsed null if no passkey was ever used
 */
public record UserRow(
        String id,
        String name,
        boolean quarantined,
        int passkeys,
        @Nullable Instant lastUsed) {
    public String lastUsedIso() {
        return Moment.isoOfUse(lastUsed);
    }

    public String lastUsed(Texts texts) {
        return Moment.textOfUse(lastUsed, texts);
    }
}
