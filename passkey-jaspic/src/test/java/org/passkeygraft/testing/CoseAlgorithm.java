package org.passkeygraft.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Signature algorithms of the COSE registry, with the keys they go with (RFC 9053, RFC 8230, RFC 8812). */
public enum CoseAlgorithm {
    ES256(-7, "SHA256withECDSA", "EC", "secp256r1", 1, 32),
    ES384(-35, "SHA384withECDSA", "EC", "secp384r1", 2, 48),
    ES512(-36, "SHA512withECDSA", "EC", "secp521r1", 3, 66),
    /** EdDSA with Ed25519, the only curve WebAuthn Level 3, section 5.8.5 allows with this number. */
    EDDSA(-8, "Ed25519", "EdDSA", "Ed25519", 6, 32),
    ED448(-53, "Ed448", "EdDSA", "Ed448", 7, 57),
    RS256(-257, "SHA256withRSA"),
    RS384(-258, "SHA384withRSA"),
    RS512(-259, "SHA512withRSA"),
    /** RSA with SHA-1, for old TPMs; nobody should offer it. */
    RS1(-65535, "SHA1withRSA");

    private static final int KTY_OKP = 1;
    private static final int KTY_EC2 = 2;
    private static final int KTY_RSA = 3;

    private final int identifier;
    private final String signature;
    private final String keyType;
    private final String curveName;
    private final int curve;
    private final int coordinateLength;

    CoseAlgorithm(int identifier, String signature) {
        this(identifier, signature, "RSA", "", 0, 0);
    }

    CoseAlgorithm(int identifier, String signature, String keyType, String curveName, int curve, int coordinateLength) {
        this.identifier = identifier;
        this.signature = signature;
        this.keyType = keyType;
        this.curveName = curveName;
        this.curve = curve;
        this.coordinateLength = coordinateLength;
    }

    /** The COSEAlgorithmIdentifier, as in {@code pubKeyCredParams}. */
    public int identifier() {
        return identifier;
    }

    KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
            generator.initialize(keyParameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform has no " + keyType, missing);
        }
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform has no " + signature, missing);
        }
    }

    /** Whether the signature is this key's over the message. */
    boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        try {
            Signature verifier = Signature.getInstance(signature);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** The COSE_Key, members in CTAP2 canonical order. */
    Members coseKey(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return new Members()
                    .put(1L, KTY_EC2)
                    .put(3L, identifier)
                    .put(-1L, curve)
                    .put(-2L, Octets.unsigned(ec.getW().getAffineX(), coordinateLength))
                    .put(-3L, Octets.unsigned(ec.getW().getAffineY(), coordinateLength));
        }
        if (key instanceof EdECPublicKey ed) {
            return new Members()
                    .put(1L, KTY_OKP)
                    .put(3L, identifier)
                    .put(-1L, curve)
                    .put(-2L, edwardsPoint(ed));
        }
        RSAPublicKey rsa = (RSAPublicKey) key;
        return rsaKey(identifier, Octets.minimal(rsa.getModulus()), Octets.minimal(rsa.getPublicExponent()));
    }

    static Members rsaKey(int identifier, byte[] modulus, byte[] exponent) {
        return new Members()
                .put(1L, KTY_RSA)
                .put(3L, identifier)
                .put(-1L, modulus)
                .put(-2L, exponent);
    }

    /** RFC 8032, section 5.1.2: y, least significant octet first, with the lowest bit of x on top. */
    private byte[] edwardsPoint(EdECPublicKey key) {
        byte[] point = Octets.reversed(Octets.unsigned(key.getPoint().getY(), coordinateLength));
        if (key.getPoint().isXOdd()) {
            point[coordinateLength - 1] |= (byte) 0x80;
        }
        return point;
    }

    private AlgorithmParameterSpec keyParameters() {
        return switch (keyType) {
            case "EC" -> new ECGenParameterSpec(curveName);
            case "EdDSA" -> new NamedParameterSpec(curveName);
            default -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
        };
    }
}
