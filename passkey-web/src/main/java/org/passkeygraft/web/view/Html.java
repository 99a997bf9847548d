package org.passkeygraft.web.view;

/** Text on its way into HTML. */
public final class Html {
    private Html() {}

    /** An attribute with its space before it; nothing if the value is empty. */
    public static String attribute(String name, String value) {
        return value.isEmpty() ? "" : ' ' + name + "=\"" + escaped(value) + '"';
    }

    /** For text and quoted attribute values; what is not printable ASCII becomes a character reference. */
    public static String escaped(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c < ' ' || c > '~' || "&<>\"'`".indexOf(c) >= 0) {
                html.append("&#").append(c).append(';');
            } else {
                html.append((char) c);
            }
        });
        return html.toString();
    }
}
