package org.passkeygraft.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Guard G2: reads one body, once. */
final class JsonReader {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 64;
    private static final int LONGEST_NAME = 1024;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LARGEST_BODY)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    .build())
            .build();

    private final byte[] body;

    JsonReader(byte[] body) {
        this.body = body;
    }

    JsonObject object() throws JsonException {
        String text = text();
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException("not a JSON object");
            }
            JsonObject object = members(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("something follows the JSON object");
            }
            return object;
        } catch (IOException malformed) {
            // Not kept as the cause: its message quotes the input.
            throw new JsonException("not strict JSON, or beyond the limits of size and depth");
        }
    }

    /** Decodes ourselves: the JSON library would guess UTF-16 and UTF-32. */
    private String text() throws JsonException {
        if (body.length > LARGEST_BODY) {
            throw new JsonException("more than 64 KiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new JsonException("not UTF-8");
        }
    }

    private JsonObject members(JsonParser parser) throws IOException, JsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            members.put(name, value(parser, parser.nextToken()));
        }
        return new JsonObject(members);
    }

    private Object value(JsonParser parser, JsonToken token) throws IOException, JsonException {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonObject.Other.NULL;
            // No body of ours has a number that counts, so none is computed.
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonObject.Other.NUMBER;
            default -> throw new JsonException("not a JSON value");
        };
    }

    private List<Object> elements(JsonParser parser) throws IOException, JsonException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }

    /** An escape can spell half a surrogate pair, which no UTF-8 column or cookie can hold. */
    private static String wellFormed(String text) throws JsonException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    throw new JsonException("half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }
}
