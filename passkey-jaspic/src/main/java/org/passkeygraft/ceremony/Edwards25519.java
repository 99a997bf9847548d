package org.passkeygraft.ceremony;

import java.math.BigInteger;
import org.passkeygraft.Bytes;

/** The curve of Ed25519 (RFC 8032, section 5.1). A key of small order would let one signature pass for any message. */
final class Edwards25519 {
    private static final int LENGTH = 32;
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(PRIME))
            .mod(PRIME);

    private Edwards25519() {}

    /** Whether it spells, canonically, a point of the curve whose order does not divide 8. */
    static boolean isGoodKey(Bytes key) {
        if (key.length() != LENGTH) {
            return false;
        }
        BigInteger y = yCoordinate(key);
        if (y.compareTo(PRIME) >= 0) {
            return false;
        }
        // From -x² + y² = 1 + d·x²·y²: the curve has a point with this y if this is a square.
        BigInteger ySquare = y.multiply(y).mod(PRIME);
        BigInteger xSquare = ySquare.subtract(BigInteger.ONE)
                .multiply(D.multiply(ySquare).add(BigInteger.ONE).modInverse(PRIME))
                .mod(PRIME);
        return isSquare(xSquare) && !isOfSmallOrder(xSquare, ySquare);
    }

    /** Orders 1 and 2 have x = 0, order 4 has y = 0, and order 8 doubles to y = (x² + y²) / (1 - dx²y²) = 0. */
    private static boolean isOfSmallOrder(BigInteger xSquare, BigInteger ySquare) {
        return xSquare.signum() == 0
                || ySquare.signum() == 0
                || xSquare.add(ySquare).mod(PRIME).signum() == 0;
    }

    private static boolean isSquare(BigInteger number) {
        BigInteger power = number.modPow(PRIME.subtract(BigInteger.ONE).shiftRight(1), PRIME);
        return power.signum() == 0 || power.equals(BigInteger.ONE);
    }

    /** Little-endian, without the topmost bit, which is the sign of x. */
    private static BigInteger yCoordinate(Bytes key) {
        byte[] littleEndian = key.toArray();
        byte[] bigEndian = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bigEndian[i] = littleEndian[LENGTH - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }
}
