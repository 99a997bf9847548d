package org.passkeygraft.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Just enough JSON (RFC 8259) to read options and to write answers, the dishonest ones included. */
final class JsonText {
    /** Text to be written as it is, well formed or not. */
    record Raw(String text) {}

    private JsonText() {}

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, @Nullable Object value) {
        if (value instanceof Raw raw) {
            out.append(raw.text());
        } else if (value instanceof String text) {
            quote(out, text);
        } else if (value instanceof Members members) {
            writeObject(out, members);
        } else if (value instanceof List<?> list) {
            writeArray(out, list);
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private static void writeObject(StringBuilder out, Members members) {
        String separator = "{";
        for (Members.Member member : members.list()) {
            out.append(separator);
            quote(out, (String) member.key());
            out.append(':');
            write(out, member.value());
            separator = ",";
        }
        out.append(separator.equals("{") ? "{}" : "}");
    }

    private static void writeArray(StringBuilder out, List<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            write(out, element);
            separator = ",";
        }
        out.append(']');
    }

    /** CCDToString of WebAuthn Level 3, section 5.8.1.2: no escape that is not needed. */
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /**
     * Reads one JSON value: objects as {@link Members}, numbers as {@link Double}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static @Nullable Object parse(String text) {
        Reader reader = new Reader(text);
        Object value = reader.read();
        reader.skipSpace();
        if (reader.position != text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    static Members parseObject(String text) {
        if (parse(text) instanceof Members members) {
            return members;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static final class Reader {
        private static final Map<Character, String> ESCAPES =
                Map.of('b', "\b", 'f', "\f", 'n', "\n", 'r', "\r", 't', "\t");

        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        @Nullable Object read() {
            skipSpace();
            return switch (peek()) {
                case '{' -> readObject();
                case '[' -> readArray();
                case '"' -> readString();
                case 't' -> readWord("true", true);
                case 'f' -> readWord("false", false);
                case 'n' -> readWord("null", null);
                default -> readNumber();
            };
        }

        private Members readObject() {
            Members members = new Members();
            take('{');
            skipSpace();
            while (peek() != '}') {
                if (!members.list().isEmpty()) {
                    take(',');
                    skipSpace();
                }
                String name = readString();
                skipSpace();
                take(':');
                members.repeat(name, read());
                skipSpace();
            }
            take('}');
            return members;
        }

        private List<@Nullable Object> readArray() {
            List<@Nullable Object> list = new ArrayList<>();
            take('[');
            skipSpace();
            while (peek() != ']') {
                if (!list.isEmpty()) {
                    take(',');
                }
                list.add(read());
                skipSpace();
            }
            take(']');
            return list;
        }

        private String readString() {
            StringBuilder out = new StringBuilder();
            take('"');
            while (peek() != '"') {
                char c = next();
                out.append(c == '\\' ? readEscape() : String.valueOf(c));
            }
            take('"');
            return out.toString();
        }

        private String readEscape() {
            char c = next();
            if (c == 'u') {
                position += 4;
                return String.valueOf((char) Integer.parseInt(text.substring(position - 4, position), 16));
            }
            return ESCAPES.getOrDefault(c, String.valueOf(c));
        }

        private @Nullable Object readWord(String word, @Nullable Object value) {
            if (!text.startsWith(word, position)) {
                throw unexpected();
            }
            position += word.length();
            return value;
        }

        private Double readNumber() {
            int start = position;
            while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
            return Double.valueOf(text.substring(start, position));
        }

        private void skipSpace() {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }

        private char peek() {
            if (position >= text.length()) {
                throw unexpected();
            }
            return text.charAt(position);
        }

        private char next() {
            char c = peek();
            position++;
            return c;
        }

        private void take(char expected) {
            if (next() != expected) {
                throw unexpected();
            }
        }

        private IllegalArgumentException unexpected() {
            return new IllegalArgumentException("not JSON at character " + position);
        }
    }
}
