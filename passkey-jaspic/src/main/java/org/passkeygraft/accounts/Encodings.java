package org.passkeygraft.accounts;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.passkeygraft.Bytes;

/** The ways in which user tables write bytes. */
final class Encodings {
    private Encodings() {}

    /** With or without padding. */
    static Optional<Bytes> base64(String text) {
        try {
            return Optional.of(Bytes.of(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In either case. */
    static Optional<Bytes> hex(String text) {
        try {
            return Optional.of(Bytes.of(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Bytes zeros(int length) {
        return Bytes.of(new byte[length]);
    }

    static Bytes part(Bytes whole, int from, int to) {
        return Bytes.of(Arrays.copyOfRange(whole.toArray(), from, to));
    }
}
