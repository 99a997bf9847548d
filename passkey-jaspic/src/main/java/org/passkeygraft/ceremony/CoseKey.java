package org.passkeygraft.ceremony;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.Rejection;

/**
 * Guard G8: a COSE key (RFC 9053) with exactly the members of its algorithm, whose numbers make a key that a signature
 * of somebody else cannot pass.
 */
record CoseKey(Map<Long, Object> members) {
    private static final long KEY_TYPE = 1;
    private static final long ALGORITHM = 3;
    private static final long FIRST = -1;
    private static final long SECOND = -2;
    private static final long THIRD = -3;

    private static final long OCTET_KEY_PAIR = 1;
    private static final long ELLIPTIC_CURVE = 2;
    private static final long RSA = 3;
    private static final long P256 = 1;
    private static final long P384 = 2;
    private static final long ED25519 = 6;

    private static final int SHORTEST_MODULUS = 2048;
    private static final int LONGEST_MODULUS = 4096;
    private static final int LONGEST_EXPONENT_BYTES = 8;

    /** Reads a key that stands alone, as one does in a credential record. */
    static CoseKey parse(Bytes bytes) throws Refusal {
        Cbor cbor = new Cbor(bytes);
        CoseKey key = new CoseKey(cbor.map(Long.class));
        Refusal.unless(cbor.atEnd(), Rejection.PUBLIC_KEY);
        return key;
    }

    /** One of those we offer. */
    Algorithm algorithm() throws Refusal {
        return Algorithm.of(member(ALGORITHM)).orElseThrow(() -> new Refusal(Rejection.ALGORITHM));
    }

    /** The algorithm, once the key is known to be a good one for it. */
    Algorithm check() throws Refusal {
        Algorithm algorithm = algorithm();
        boolean good = switch (algorithm) {
            case ES256 -> isOn(PrimeCurve.P256, P256);
            case ES384 -> isOn(PrimeCurve.P384, P384);
            case EDDSA -> isEd25519();
            case RS256 -> isRsa();
        };
        Refusal.unless(good, Rejection.PUBLIC_KEY);
        return algorithm;
    }

    private boolean isOn(PrimeCurve curve, long curveId) throws Refusal {
        return has(ELLIPTIC_CURVE, KEY_TYPE, ALGORITHM, FIRST, SECOND, THIRD)
                && member(FIRST).equals(curveId)
                && curve.contains(bytes(SECOND), bytes(THIRD));
    }

    private boolean isEd25519() throws Refusal {
        return has(OCTET_KEY_PAIR, KEY_TYPE, ALGORITHM, FIRST, SECOND)
                && member(FIRST).equals(ED25519)
                && Edwards25519.isGoodKey(bytes(SECOND));
    }

    private boolean isRsa() throws Refusal {
        if (!has(RSA, KEY_TYPE, ALGORITHM, FIRST, SECOND) || bytes(SECOND).length() > LONGEST_EXPONENT_BYTES) {
            return false;
        }
        BigInteger modulus = unsigned(bytes(FIRST));
        BigInteger exponent = unsigned(bytes(SECOND));
        return modulus.bitLength() >= SHORTEST_MODULUS
                && modulus.bitLength() <= LONGEST_MODULUS
                && modulus.testBit(0)
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0;
    }

    private boolean has(long keyType, Long... labels) throws Refusal {
        return members.keySet().equals(Set.of(labels)) && member(KEY_TYPE).equals(keyType);
    }

    private Object member(long label) throws Refusal {
        @Nullable Object value = members.get(label);
        if (value == null) {
            throw new Refusal(Rejection.PUBLIC_KEY);
        }
        return value;
    }

    private Bytes bytes(long label) throws Refusal {
        if (!(member(label) instanceof Bytes bytes)) {
            throw new Refusal(Rejection.PUBLIC_KEY);
        }
        return bytes;
    }

    private static BigInteger unsigned(Bytes bytes) {
        return new BigInteger(1, bytes.toArray());
    }
}
