package org.passkeygraft.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;

/**
 * The little of CBOR (RFC 8949) that WebAuthn needs: integers, byte and text strings, arrays, maps, booleans and null.
 * Lengths and integers are written in their shortest form; map members stay in the order given, so that the caller
 * decides about canonical order.
 */
final class Cbor {
    /** Bytes to be written as they are, well formed or not. */
    record Raw(Bytes bytes) {}

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;

    private Cbor() {}

    static byte[] encode(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    static Raw raw(int... octets) {
        return new Raw(Octets.of(octets));
    }

    private static void write(ByteArrayOutputStream out, @Nullable Object value) {
        if (value == null) {
            out.write(NULL);
        } else if (value instanceof Number number) {
            writeInteger(out, number.longValue());
        } else if (value instanceof Boolean truth) {
            out.write(truth ? TRUE : FALSE);
        } else if (value instanceof String text) {
            writeString(out, TEXT, text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            writeString(out, BYTES, bytes);
        } else if (value instanceof Bytes bytes) {
            writeString(out, BYTES, bytes.toArray());
        } else if (value instanceof Raw raw) {
            out.writeBytes(raw.bytes().toArray());
        } else if (value instanceof List<?> list) {
            writeHead(out, ARRAY, list.size());
            list.forEach(element -> write(out, element));
        } else if (value instanceof Members members) {
            writeHead(out, MAP, members.list().size());
            for (Members.Member member : members.list()) {
                write(out, member.key());
                write(out, member.value());
            }
        } else {
            throw new IllegalArgumentException("no CBOR for " + value.getClass());
        }
    }

    private static void writeInteger(ByteArrayOutputStream out, long value) {
        if (value >= 0) {
            writeHead(out, UNSIGNED, value);
        } else {
            writeHead(out, NEGATIVE, -1 - value);
        }
    }

    private static void writeString(ByteArrayOutputStream out, int majorType, byte[] content) {
        writeHead(out, majorType, content.length);
        out.writeBytes(content);
    }

    private static void writeHead(ByteArrayOutputStream out, int majorType, long argument) {
        int type = majorType << 5;
        if (argument < 24) {
            out.write(type | (int) argument);
        } else if (argument < 0x100) {
            out.write(type | 24);
            writeArgument(out, argument, 1);
        } else if (argument < 0x10000) {
            out.write(type | 25);
            writeArgument(out, argument, 2);
        } else if (argument < 0x1_0000_0000L) {
            out.write(type | 26);
            writeArgument(out, argument, 4);
        } else {
            out.write(type | 27);
            writeArgument(out, argument, 8);
        }
    }

    private static void writeArgument(ByteArrayOutputStream out, long argument, int octets) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }

    /**
     * Reads exactly one value in its shortest form: integers as {@link Long}, byte strings as {@link Bytes}, maps as
     * {@link Members}.
     *
     * @throws IllegalArgumentException for anything else, a tail or a repeated key included
     */
    static @Nullable Object decode(byte[] encoded) {
        Reader reader = new Reader(encoded);
        Object value = reader.read();
        if (reader.position != encoded.length) {
            throw new IllegalArgumentException("a tail of " + (encoded.length - reader.position) + " bytes");
        }
        return value;
    }

    /** Reads values as {@link #decode}, one after the other. */
    static List<@Nullable Object> decodeAll(byte[] encoded) {
        Reader reader = new Reader(encoded);
        List<@Nullable Object> values = new ArrayList<>();
        while (reader.position < encoded.length) {
            values.add(reader.read());
        }
        return values;
    }

    private static final class Reader {
        private final byte[] encoded;
        private int position;

        Reader(byte[] encoded) {
            this.encoded = encoded;
        }

        @Nullable Object read() {
            int first = octet();
            return switch (first) {
                case FALSE -> false;
                case TRUE -> true;
                case NULL -> null;
                default -> readTyped(first >> 5, argument(first & 0x1f));
            };
        }

        private Object readTyped(int majorType, long argument) {
            return switch (majorType) {
                case UNSIGNED -> argument;
                case NEGATIVE -> -1 - argument;
                case BYTES -> Bytes.of(slice(argument));
                case TEXT -> new String(slice(argument), StandardCharsets.UTF_8);
                case ARRAY -> readArray(argument);
                case MAP -> readMap(argument);
                default -> throw new IllegalArgumentException("major type " + majorType);
            };
        }

        private List<@Nullable Object> readArray(long size) {
            List<@Nullable Object> list = new ArrayList<>();
            for (long i = 0; i < size; i++) {
                list.add(read());
            }
            return list;
        }

        private Members readMap(long size) {
            Members members = new Members();
            for (long i = 0; i < size; i++) {
                Object key = read();
                if (key == null || members.has(key)) {
                    throw new IllegalArgumentException("key " + key + " is null or repeated");
                }
                members.put(key, read());
            }
            return members;
        }

        private long argument(int information) {
            if (information < 24) {
                return information;
            }
            if (information > 27) {
                throw new IllegalArgumentException("indefinite or reserved length");
            }
            int octets = 1 << (information - 24);
            long value = 0;
            for (int i = 0; i < octets; i++) {
                value = value << 8 | octet();
            }
            long shortest = octets == 1 ? 24 : 1L << (4 * octets);
            if (value < shortest) {
                throw new IllegalArgumentException("not the shortest form of " + value);
            }
            return value;
        }

        private byte[] slice(long length) {
            if (length > encoded.length - position) {
                throw new IllegalArgumentException("ends early");
            }
            byte[] slice = Octets.slice(encoded, position, (int) length);
            position += (int) length;
            return slice;
        }

        private int octet() {
            if (position == encoded.length) {
                throw new IllegalArgumentException("ends early");
            }
            return encoded[position++] & 0xff;
        }
    }
}
