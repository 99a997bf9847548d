package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/** A page of ours. Its JSP is {@code /WEB-INF/passkey/} followed by {@link #view()}. */
public interface Page {
    Site site();

    /** What went wrong, to be said on the page; null if nothing did. */
    @Nullable Alert alert();

    /** Returns what the page opens with, carried over from the request before; null for nothing. */
    default @Nullable Notice notice() {
        return null;
    }

    /** Returns whether the alert is about a field of this page: then the field takes the focus, else the alert does. */
    default boolean refusesField() {
        return false;
    }

    /** The heading, different on every step. */
    String heading();

    /** File name of the JSP that prints this page. */
    String view();

    /**
     * The address that shows this page without what was sent to it, a path from the host's root. A page that answers a form
     * takes it on, so that Reload and Back send nothing again. Empty if there is none.
     */
    default String address() {
        return "";
    }

    /** The title of the window: an error comes first there, so that it is heard before anything else (WCAG 3.3.1). */
    default String title() {
        String title = heading() + " · " + site().relyingPartyName();
        return alert() == null ? title : site().text("title.error") + ": " + title;
    }

    default String noticeText() {
        Notice notice = notice();
        return notice == null ? "" : notice.text(site().texts());
    }

    /** Returns whether the notice may wear the tick of success. */
    default boolean tellsWhatWasDone() {
        Notice notice = notice();
        return notice != null && notice.isDone();
    }

    default String alertText() {
        Alert alert = alert();
        return alert == null ? "" : alert.text(site().texts());
    }
}
