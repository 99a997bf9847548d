package org.passkeygraft.ceremony;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.passkeygraft.Bytes;

/** Bent bytes and hand-made COSE keys. */
final class Octets {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    /** The base point of P-256: a good point that needs no key pair. */
    static final String X = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

    static final String Y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    private Octets() {}

    static Bytes hex(String digits) {
        return Bytes.of(HexFormat.of().parseHex(digits));
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    static Bytes append(Bytes bytes, int... tail) {
        byte[] longer = Arrays.copyOf(bytes.toArray(), bytes.length() + tail.length);
        for (int i = 0; i < tail.length; i++) {
            longer[bytes.length() + i] = (byte) tail[i];
        }
        return Bytes.of(longer);
    }

    static Bytes first(Bytes bytes, int length) {
        return Bytes.of(Arrays.copyOf(bytes.toArray(), Math.min(length, bytes.length())));
    }

    static Bytes flipped(Bytes bytes, int bit) {
        byte[] flipped = bytes.toArray();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return Bytes.of(flipped);
    }

    static Bytes recoded(Bytes utf8, Charset charset) {
        return Bytes.of(new String(utf8.toArray(), StandardCharsets.UTF_8).getBytes(charset));
    }

    /** Base64url of 32 bytes whose last character has a stray bit: lenient decoders read the same bytes. */
    static String respelled(String base64url) {
        int last = base64url.length() - 1;
        int stray = ALPHABET.indexOf(base64url.charAt(last)) ^ 1;
        return base64url.substring(0, last) + ALPHABET.charAt(stray);
    }

    /** A good COSE key of ES256. */
    static String es256() {
        return ec2("26", "01", X, Y);
    }

    static String ec2(String algorithm, String curve, String x, String y) {
        return "a5010203" + algorithm + "20" + curve + "21" + byteString(x) + "22" + byteString(y);
    }

    static String ed25519(String x) {
        return "a401010327200621" + byteString(x);
    }

    static String rs256(String modulus, String exponent) {
        return "a401030339010020" + byteString(modulus) + "21" + byteString(exponent);
    }

    private static String byteString(String digits) {
        int length = digits.length() / 2;
        String head = length < 24 ? "%02x" : length < 256 ? "58%02x" : "59%04x";
        return String.format(head, length < 24 ? 0x40 + length : length) + digits;
    }
}
