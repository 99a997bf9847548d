package org.passkeygraft.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read strictly. Immutable. A member of another type than the one asked for is a
 * {@link JsonException}; one that is JSON null counts as absent, except to {@link #has} and {@link #names}.
 */
public final class JsonObject {
    /** Values that nobody asks for by content. */
    enum Other {
        NULL,
        NUMBER
    }

    /** An object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /** String, Boolean, JsonObject, List of these, or {@link Other}. */
    private final Map<String, Object> members;

    /** Takes the map over: the reader that made it keeps no hold of it. */
    JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    public Optional<String> text(String name) throws JsonException {
        return member(name, String.class);
    }

    public String requireText(String name) throws JsonException {
        return text(name).orElseThrow(() -> missing(name));
    }

    public Optional<JsonObject> object(String name) throws JsonException {
        return member(name, JsonObject.class);
    }

    public JsonObject requireObject(String name) throws JsonException {
        return object(name).orElseThrow(() -> missing(name));
    }

    public Optional<Boolean> flag(String name) throws JsonException {
        return member(name, Boolean.class);
    }

    /** An array of texts; empty if the member is absent. */
    public List<String> texts(String name) throws JsonException {
        Optional<List<?>> elements = member(name, List.class).map(list -> (List<?>) list);
        List<String> texts = new ArrayList<>();
        for (Object element : elements.orElse(List.of())) {
            if (!(element instanceof String text)) {
                throw new JsonException(name + " holds something that is not a text");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** Whether the member is there, with whatever value. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** How many members, never which: what came in belongs in no log. */
    @Override
    public String toString() {
        return "a JSON object with " + members.size() + " members";
    }

    private <T> Optional<T> member(String name, Class<T> type) throws JsonException {
        @Nullable Object value = members.get(name);
        if (value == null || value == Other.NULL) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new JsonException(name + " is of another type");
        }
        return Optional.of(type.cast(value));
    }

    private static JsonException missing(String name) {
        return new JsonException(name + " is missing");
    }
}
