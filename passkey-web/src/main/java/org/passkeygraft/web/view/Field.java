package org.passkeygraft.web.view;

import java.util.List;

/**
 * One field of a form.
 *
 * @param name in the form and, after {@code field-}, as an id on the page
 * @param hint what helps to fill it in, empty for nothing
 * @param value what it holds; of a tick {@code true} if it is set
 * @param choices those of a choice, else none
 * @param error why it was refused, empty if it was not
 */
public record Field(
        Kind kind, String name, String label, String hint, String value, List<Choice> choices, String error) {
    public Field {
        choices = List.copyOf(choices);
    }

    /** How it is filled in. */
    public enum Kind {
        TICK,
        CHOICE,
        LINE,
        LINES
    }

    /** One of several. */
    public record Choice(String value, String label) {}

    public boolean ticked() {
        return value.equals("true");
    }

    /** The ids of what describes it, for assistive technology. */
    public String describedBy() {
        return "error-" + name + (hint.isEmpty() ? "" : " hint-" + name);
    }
}
