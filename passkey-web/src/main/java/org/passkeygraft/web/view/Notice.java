package org.passkeygraft.web.view;

import java.util.Arrays;
import java.util.Optional;

/** A plain statement that a page opens with, carried across a redirect as {@code ?notice=}. */
public enum Notice {
    /** The logon ran out while a form was open; what was sent is not kept. */
    EXPIRED("expired"),
    /** The address that was asked for is too long to lead back to. */
    ADDRESS_LOST("address-lost"),
    /** The second half of a logon came more than five minutes after the first. */
    TOO_LATE("too-late"),
    LOGGED_OUT("logged-out"),
    BOUND("bound"),
    RENAMED("renamed"),
    DELETED("deleted"),
    SESSIONS_ENDED("sessions-ended"),
    /** The session in which this was asked for ended too. */
    ALL_SESSIONS_ENDED("all-sessions-ended"),
    REVOKED("revoked"),
    REVOKED_ALL("revoked-all"),
    USER_LOGGED_OFF("user-logged-off"),
    RESET_REQUESTED("reset-requested"),
    CONFIRMED("confirmed"),
    CODE_SENT("code-sent"),
    CONTACT_SET("contact-set"),
    CONTACT_REMOVED("contact-removed"),
    /** A proof was asked for on the way; what was sent is not kept. */
    UNSENT("unsent"),
    SETTINGS_CHANGED("settings-changed");

    private final String label;

    Notice(String label) {
        this.label = label;
    }

    /** As it stands in a URL. */
    public String label() {
        return label;
    }

    /** Whatever is not one of the labels is no notice: a link cannot make a page say something else. */
    public static Optional<Notice> parse(String label) {
        return Arrays.stream(values())
                .filter(notice -> notice.label.equals(label))
                .findFirst();
    }

    /** Returns whether something was done as the user wanted; the other notices explain what was not, or not yet. */
    public boolean isDone() {
        return switch (this) {
            case EXPIRED, ADDRESS_LOST, TOO_LATE, UNSENT, RESET_REQUESTED -> false;
            default -> true;
        };
    }

    public String text(Texts texts) {
        return texts.get("notice." + label);
    }
}
