package org.passkeygraft.ceremony;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.passkeygraft.Bytes;
import org.passkeygraft.Rejection;

/**
 * Reads what WebAuthn uses of CBOR (RFC 8949), before the library's two decoders do: definite lengths and integers in
 * their shortest form, at most 8 levels, no tag, no key twice, and no length believed before as many bytes are there. Values are Long, Bytes, String, Boolean,
 * List, Map and {@link Other}.
 */
final class Cbor {
    /** Values that nobody asks for by content: null, undefined, floating point, integers beyond 64 bits. */
    enum Other {
        UNSPECIFIED
    }

    private static final int DEEPEST = 8;

    private final ByteBuffer input;

    Cbor(Bytes input) {
        this.input = ByteBuffer.wrap(input.toArray());
    }

    int position() {
        return input.position();
    }

    boolean atEnd() {
        return !input.hasRemaining();
    }

    /** The next item, which must be a map with keys of this type. */
    <K> Map<K, Object> map(Class<K> keyType) throws Refusal {
        if (!(item(1) instanceof Map<?, ?> map)) {
            throw malformed();
        }
        Map<K, Object> typed = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Refusal.unless(keyType.isInstance(entry.getKey()), Rejection.MALFORMED);
            typed.put(keyType.cast(entry.getKey()), entry.getValue());
        }
        return typed;
    }

    private Object item(int depth) throws Refusal {
        Refusal.unless(depth <= DEEPEST && input.hasRemaining(), Rejection.MALFORMED);
        int head = input.get() & 0xff;
        int major = head >> 5;
        int minor = head & 0x1f;
        return switch (major) {
            case 0 -> integer(argument(minor), false);
            case 1 -> integer(argument(minor), true);
            case 2 -> Bytes.of(take(argument(minor)));
            case 3 -> text(take(argument(minor)));
            case 4 -> array(count(argument(minor), 1), depth);
            case 5 -> map(count(argument(minor), 2), depth);
            case 7 -> simple(minor);
            default -> throw malformed();
        };
    }

    private long argument(int minor) throws Refusal {
        if (minor < 24) {
            return minor;
        }
        // 28 to 30 are reserved, 31 is an indefinite length.
        Refusal.unless(minor <= 27, Rejection.MALFORMED);
        int length = 1 << (minor - 24);
        Refusal.unless(input.remaining() >= length, Rejection.MALFORMED);
        long argument = 0;
        for (int i = 0; i < length; i++) {
            argument = argument << 8 | (input.get() & 0xff);
        }
        // Only the shortest form, as CTAP2's canonical CBOR demands: one value, one spelling.
        long shortest = length == 1 ? 24 : 1L << (4 * length);
        Refusal.unless(Long.compareUnsigned(argument, shortest) >= 0, Rejection.MALFORMED);
        return argument;
    }

    private static Object integer(long argument, boolean negative) {
        if (argument < 0) {
            return Other.UNSPECIFIED;
        }
        return negative ? -1 - argument : argument;
    }

    private byte[] take(long length) throws Refusal {
        Refusal.unless(length >= 0 && length <= input.remaining(), Rejection.MALFORMED);
        byte[] bytes = new byte[(int) length];
        input.get(bytes);
        return bytes;
    }

    /** So many items can follow only if each has at least so many bytes. */
    private int count(long items, int leastBytes) throws Refusal {
        Refusal.unless(items >= 0 && items <= input.remaining() / leastBytes, Rejection.MALFORMED);
        return (int) items;
    }

    private List<Object> array(int count, int depth) throws Refusal {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(depth + 1));
        }
        return items;
    }

    private Map<Object, Object> map(int count, int depth) throws Refusal {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Object key = item(depth + 1);
            Refusal.unless(
                    (key instanceof Long || key instanceof String) && !entries.containsKey(key), Rejection.MALFORMED);
            entries.put(key, item(depth + 1));
        }
        return entries;
    }

    private Object simple(int minor) throws Refusal {
        return switch (minor) {
            case 20 -> false;
            case 21 -> true;
            case 22, 23 -> Other.UNSPECIFIED;
            case 25, 26, 27 -> {
                take(1L << (minor - 24));
                yield Other.UNSPECIFIED;
            }
            default -> throw malformed();
        };
    }

    private static String text(byte[] utf8) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed();
        }
    }

    private static Refusal malformed() {
        return new Refusal(Rejection.MALFORMED);
    }
}
