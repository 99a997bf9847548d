package org.passkeygraft.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what {@link Json#write} takes. */
final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonWriter() {}

    static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    static String write(Map<String, ?> value) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            object(generator, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.toString();
    }

    private static void object(JsonGenerator generator, Map<?, ?> members) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                throw new IllegalArgumentException("the name of a JSON member is a String");
            }
            generator.writeFieldName(name);
            value(generator, member.getValue());
        }
        generator.writeEndObject();
    }

    private static void array(JsonGenerator generator, Iterable<?> elements) throws IOException {
        generator.writeStartArray();
        for (Object element : elements) {
            value(generator, element);
        }
        generator.writeEndArray();
    }

    private static void value(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Number number) {
            generator.writeNumber(new BigDecimal(number.toString()));
        } else if (value instanceof Instant time) {
            generator.writeString(time.toString());
        } else if (value instanceof Map<?, ?> members) {
            object(generator, members);
        } else if (value instanceof Iterable<?> elements) {
            array(generator, elements);
        } else {
            throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
    }
}
