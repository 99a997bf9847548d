package org.passkeygraft.web.arming;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which encodings write ASCII as ASCII and never use the bytes of markup for anything else. */
final class Encodings {
    private static final String ASCII =
            IntStream.range(' ', 127).mapToObj(Character::toString).collect(Collectors.joining());
    private static final byte[] ASCII_BYTES = ASCII.getBytes(StandardCharsets.US_ASCII);

    private Encodings() {}

    /** @param name as the answer declares it; null if it leaves that to the page */
    static boolean extendAscii(@Nullable String name) {
        if (name == null) {
            return true;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("2022") || lower.startsWith("hz") || lower.startsWith("utf-7")) {
            return false; // shift states: the same bytes are sometimes ASCII and sometimes not
        }
        try {
            Charset charset = Charset.forName(name);
            return charset.canEncode() && Arrays.equals(ASCII.getBytes(charset), ASCII_BYTES);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return false;
        }
    }
}
