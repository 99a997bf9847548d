package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * The one binding that a pass is good for.
 *
 * @param account whose passkey it will be
 * @param suggestion the name that stands in the field
 * @param onward where the browser goes once the passkey is bound, a path from the host's root
 */
public record ResetBindPage(Site site, String account, String suggestion, String onward) implements Page {
    public String introduction() {
        return site.text("reset.bind.introduction", account);
    }

    @Override
    public @Nullable Alert alert() {
        return null;
    }

    @Override
    public String heading() {
        return site.text("bind.heading");
    }

    @Override
    public String view() {
        return "reset-bind.jsp";
    }
}
