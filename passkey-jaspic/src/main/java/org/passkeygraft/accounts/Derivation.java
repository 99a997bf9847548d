package org.passkeygraft.accounts;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a password becomes a digest: everything that a stored hash says, but the digest itself. */
interface Derivation {
    byte[] derive(char[] password);

    /** Returns the same derivation with a salt of zeros: two that take the same time are equal. */
    Derivation unsalted();

    /** The password's UTF-8, to be wiped. */
    static byte[] utf8(char[] password) {
        ByteBuffer buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = Arrays.copyOfRange(buffer.array(), buffer.arrayOffset(), buffer.limit());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }
}
