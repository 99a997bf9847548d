package org.passkeygraft.web.view;

import org.jspecify.annotations.Nullable;

/**
 * Where an administrator's pass leads: says what it is for and asks for the password. The same for every pass, and nothing
 * in it tells whose it is.
 *
 * @param pass as it came, empty if the link was incomplete
 */
public record ResetPage(Site site, String pass, @Nullable Alert alert) implements Page {
    public boolean complete() {
        return !pass.isEmpty();
    }

    public boolean fieldRefused() {
        return alert != null && alert.code().equals("reset-refused");
    }

    public String introduction() {
        return site.text("reset.introduction", site.relyingPartyName());
    }

    @Override
    public boolean refusesField() {
        return fieldRefused();
    }

    @Override
    public String heading() {
        return site.text("reset.heading");
    }

    @Override
    public String view() {
        return "reset.jsp";
    }

    @Override
    public String toString() {
        return "ResetPage[pass=***]";
    }
}
