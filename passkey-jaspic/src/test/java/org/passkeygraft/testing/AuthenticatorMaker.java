package org.passkeygraft.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Who makes authenticators of one model and certifies that they are (WebAuthn Level 3, section 8.2.1). */
public final class AuthenticatorMaker {
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final ASN1ObjectIdentifier AAGUID = new ASN1ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4");
    private static final Instant FOUNDED = Instant.parse("2020-01-01T00:00:00Z");

    private final X509Certificate root;
    private final X509Certificate attestation;
    private final PrivateKey attestationKey;

    private AuthenticatorMaker(X509Certificate root, X509Certificate attestation, PrivateKey attestationKey) {
        this.root = root;
        this.attestation = attestation;
        this.attestationKey = attestationKey;
    }

    /**
     * A maker that nobody has heard of yet.
     *
     * @param certifiedModel the AAGUID that its certificate names
     * @param until when its certificates run out
     */
    public static AuthenticatorMaker of(UUID certifiedModel, Instant until) {
        KeyPair rootKeys = keys();
        KeyPair keys = keys();
        X500Name maker = new X500Name("C=SE,O=Maker,OU=Authenticator Root,CN=Root");
        X500Name device = new X500Name("C=SE,O=Maker,OU=Authenticator Attestation,CN=Model");
        return new AuthenticatorMaker(
                certificate(
                        maker,
                        maker,
                        rootKeys.getPublic(),
                        until,
                        rootKeys.getPrivate(),
                        Extension.basicConstraints,
                        new BasicConstraints(true)),
                certificate(
                        maker,
                        device,
                        keys.getPublic(),
                        until,
                        rootKeys.getPrivate(),
                        AAGUID,
                        new DEROctetString(octets(certifiedModel))),
                keys.getPrivate());
    }

    /** What a relying party may believe. */
    public X509Certificate root() {
        return root;
    }

    byte[] sign(byte[] signed) {
        try {
            return sign(attestationKey, signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] certificate() {
        try {
            return attestation.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509Certificate certificate(
            X500Name issuer,
            X500Name subject,
            PublicKey key,
            Instant until,
            PrivateKey issuerKey,
            ASN1ObjectIdentifier extension,
            ASN1Encodable value) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(extension, extension.equals(Extension.basicConstraints), value);
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
            generator.setSignature(ECDSA);
            generator.setIssuer(issuer);
            generator.setSubject(subject);
            generator.setStartDate(new Time(Date.from(FOUNDED)));
            generator.setEndDate(new Time(Date.from(until)));
            generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            generator.setExtensions(extensions.generate());
            return signed(generator.generateTBSCertificate(), issuerKey);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509Certificate signed(TBSCertificate content, PrivateKey key)
            throws IOException, GeneralSecurityException {
        byte[] signature = sign(key, content.getEncoded(ASN1Encoding.DER));
        ASN1Encodable[] parts = {content, ECDSA, new DERBitString(signature)};
        byte[] encoded = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    private static byte[] octets(UUID model) {
        return ByteBuffer.allocate(16)
                .putLong(model.getMostSignificantBits())
                .putLong(model.getLeastSignificantBits())
                .array();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
