package org.passkeygraft.ceremony;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import org.passkeygraft.Bytes;

/** The curves of ES256 and ES384. The JDK imports a point without asking whether it is on its curve. */
final class PrimeCurve {
    static final PrimeCurve P256 = new PrimeCurve("secp256r1");
    static final PrimeCurve P384 = new PrimeCurve("secp384r1");

    private final EllipticCurve curve;
    private final BigInteger prime;

    private PrimeCurve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            this.curve = parameters.getParameterSpec(ECParameterSpec.class).getCurve();
            this.prime = ((ECFieldFp) curve.getField()).getP();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform lacks the curve " + name, missing);
        }
    }

    /** Whether both coordinates have the curve's length and solve y² = x³ + ax + b. */
    boolean contains(Bytes xCoordinate, Bytes yCoordinate) {
        int length = (prime.bitLength() + 7) / 8;
        if (xCoordinate.length() != length || yCoordinate.length() != length) {
            return false;
        }
        BigInteger x = new BigInteger(1, xCoordinate.toArray());
        BigInteger y = new BigInteger(1, yCoordinate.toArray());
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.multiply(y).mod(prime).equals(right.mod(prime));
    }
}
