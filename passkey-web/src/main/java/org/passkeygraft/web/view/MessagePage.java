package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * A page that only says something: an error, or that the user is logged off.
 *
 * @param status of the HTTP answer, shown small so that a user can pass it on
 * @param code which statement: the bundle has {@code message.<code>.title} and {@code message.<code>.text}
 * @param detail a name that the statement needs (the header that is missing), empty if none
 * @param link where to go from here, a path from the host's root; empty for no link
 */
public record MessagePage(Site site, int status, String code, String detail, String link) implements Page {
    private static final int FIRST_ERROR = 400;

    @Override
    public @Nullable Alert alert() {
        return null;
    }

    public boolean isError() {
        return status >= FIRST_ERROR;
    }

    @Override
    public String address() {
        return link;
    }

    @Override
    public String heading() {
        return site.text(key("title"));
    }

    public String text() {
        return detail.isEmpty() ? site.text(key("text")) : site.text(key("detail"), detail);
    }

    /** The number as digits only: a status is a name, not a quantity. */
    public String statusText() {
        return site.text("message.status", Integer.toString(status));
    }

    public String linkText() {
        return site.text(isError() ? "message.continue" : "message.logon");
    }

    private String key(String part) {
        String own = "message." + code + '.' + part;
        return site.texts().has(own) ? own : "message.unknown." + part;
    }

    @Override
    public String view() {
        return "message.jsp";
    }
}
