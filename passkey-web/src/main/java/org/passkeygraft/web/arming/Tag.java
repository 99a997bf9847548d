package org.passkeygraft.web.arming;

import java.util.List;
import java.util.Optional;

/**
 * A tag of a page, with the places of its parts.
 *
 * @param name in lower case
 * @param start of its {@code <}
 * @param nameEnd just behind its name
 * @param end just behind its {@code >}
 */
record Tag(String name, boolean closing, int start, int nameEnd, int end, List<Attribute> attributes) {
    Tag {
        attributes = List.copyOf(attributes);
    }

    /**
     * An attribute as written.
     *
     * @param name in lower case
     * @param value as written, without its quotes and with character references undecoded; empty if it has none
     * @param start of its name
     * @param end just behind its value and closing quote
     */
    record Attribute(String name, String value, int start, int end) {}

    boolean opens(String element) {
        return !closing && name.equals(element);
    }

    boolean closes(String element) {
        return closing && name.equals(element);
    }

    Optional<Attribute> attribute(String wanted) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(wanted))
                .findFirst();
    }

    /** Its value as written, empty if it is not there. */
    String value(String wanted) {
        return attribute(wanted).map(Attribute::value).orElse("");
    }
}
