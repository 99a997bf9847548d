package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/** A page of ours. Its JSP is {@code /WEB-INF/passkey/} followed by {@link #view()}. */
public interface Page {
    Site site();

    /** What went wrong, to be said on the page; null if nothing did. */
    @Nullable Alert alert();

    /** The heading, different on every step. */
    String heading();

    /** File name of the JSP that prints this page. */
    String view();

    /** The title of the window: an error comes first there, so that it is heard before anything else (WCAG 3.3.1). */
    default String title() {
        String title = heading() + " · " + site().relyingPartyName();
        return alert() == null ? title : site().text("title.error") + ": " + title;
    }

    default String alertText() {
        Alert alert = alert();
        return alert == null ? "" : alert.text(site().texts());
    }
}
