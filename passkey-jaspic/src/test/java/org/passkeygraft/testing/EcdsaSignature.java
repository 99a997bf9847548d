package org.passkeygraft.testing;

import java.math.BigInteger;

/** An ECDSA signature, in ASN.1 as WebAuthn has it (section 6.5.5), for curves up to 384 bits. */
record EcdsaSignature(BigInteger r, BigInteger s) {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    static EcdsaSignature parse(byte[] der) {
        int lengthOfR = der[3];
        int lengthOfS = der[5 + lengthOfR];
        return new EcdsaSignature(
                new BigInteger(Octets.slice(der, 4, lengthOfR)),
                new BigInteger(Octets.slice(der, 6 + lengthOfR, lengthOfS)));
    }

    byte[] encoded() {
        byte[] integers = Octets.join(integer(r), integer(s));
        return Octets.join(new byte[] {SEQUENCE, (byte) integers.length}, integers);
    }

    /** r ‖ s, each of this length. */
    byte[] raw(int length) {
        return Octets.join(Octets.unsigned(r, length), Octets.unsigned(s, length));
    }

    private static byte[] integer(BigInteger value) {
        byte[] content = value.toByteArray();
        return Octets.join(new byte[] {INTEGER, (byte) content.length}, content);
    }
}
