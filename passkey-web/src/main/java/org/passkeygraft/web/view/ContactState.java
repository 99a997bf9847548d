package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * A contact that is set.
 *
 * @param masked as much of it as a page may show
 * @param usableFrom when codes begin to go there; null where only notices do
 * @param usable whether codes go there already
 */
public record ContactState(
        String masked, Moment since, @Nullable Moment usableFrom, boolean usable) {
    /** What the moment is, or that there is none. */
    public String key() {
        if (usableFrom == null) {
            return "backup.contact.never";
        }
        return usable ? "backup.contact.since" : "backup.contact.from";
    }

    /** Since when codes go there, or from when they will; null for never. */
    public @Nullable Moment moment() {
        return usableFrom == null || !usable ? usableFrom : since;
    }
}
