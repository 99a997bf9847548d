package org.passkeygraft.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.passkeygraft.Bytes;

/** What one does with octets. */
final class Octets {
    private Octets() {}

    static Bytes of(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return Bytes.of(bytes);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] slice(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    static byte[] bigEndian(long value, int octets) {
        byte[] bytes = new byte[octets];
        for (int i = 0; i < octets; i++) {
            bytes[octets - 1 - i] = (byte) (value >>> (8 * i));
        }
        return bytes;
    }

    /** The value in exactly this many octets, most significant first. */
    static byte[] unsigned(BigInteger value, int octets) {
        byte[] minimal = minimal(value);
        byte[] bytes = new byte[octets];
        System.arraycopy(minimal, 0, bytes, octets - minimal.length, minimal.length);
        return bytes;
    }

    /** The value in as few octets as it needs, without a sign. */
    static byte[] minimal(BigInteger value) {
        byte[] signed = value.toByteArray();
        return signed.length > 1 && signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }

    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** One bit changed, counted from the last. */
    static Bytes flip(Bytes bytes, int bit) {
        byte[] flipped = bytes.toArray();
        flipped[flipped.length - 1 - bit / 8] ^= (byte) (1 << (bit % 8));
        return Bytes.of(flipped);
    }

    static Bytes first(Bytes bytes, int length) {
        return Bytes.of(slice(bytes.toArray(), 0, length));
    }

    static Bytes append(Bytes bytes, int... tail) {
        return Bytes.of(join(bytes.toArray(), of(tail).toArray()));
    }

    static Bytes random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Bytes.of(bytes);
    }

    static Bytes hex(String digits) {
        return Bytes.of(HexFormat.of().parseHex(digits));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
