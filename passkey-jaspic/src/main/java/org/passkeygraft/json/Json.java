package org.passkeygraft.json;

import java.util.Map;
import org.passkeygraft.Bytes;

/** Strict JSON for what strangers send (guard G2), and plain JSON for what we answer. Stateless, for any thread. */
public final class Json {
    private Json() {}

    /**
     * Reads one JSON object: UTF-8 without errors (a leading byte order mark is skipped, as WebAuthn's "UTF-8 decode"
     * does), at most 64 KiB, no member twice, nothing after the value, at most 16 levels deep, no number over 64
     * characters, no half of a surrogate pair.
     *
     * @throws JsonException if it is anything else
     */
    public static JsonObject parse(Bytes body) throws JsonException {
        return parse(body.toArray());
    }

    /** As {@link #parse(Bytes)}; the array is only read. */
    public static JsonObject parse(byte[] body) throws JsonException {
        return new JsonReader(body).object();
    }

    /** A text as it stands between the quotes of a JSON string. */
    public static String escaped(String text) {
        return JsonWriter.escaped(text);
    }

    /**
     * Writes members in the map's order.
     *
     * @param value of String, Number, Boolean, Instant (as ISO-8601 in UTC), null, Map with String keys and Iterable, to
     *     any depth
     * @throws IllegalArgumentException if it holds anything else
     */
    public static String write(Map<String, ?> value) {
        return JsonWriter.write(value);
    }
}
