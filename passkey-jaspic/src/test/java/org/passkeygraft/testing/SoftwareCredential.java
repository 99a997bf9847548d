package org.passkeygraft.testing;

import java.security.KeyPair;
import java.security.PublicKey;
import org.passkeygraft.Bytes;

/** A passkey on a {@link SoftwareAuthenticator}. */
public final class SoftwareCredential {
    private final Bytes id;
    private final String rpId;
    private final Bytes userHandle;
    private final CoseAlgorithm algorithm;
    private final KeyPair keys;
    private final boolean discoverable;
    private long signCount;

    SoftwareCredential(
            Bytes id, String rpId, Bytes userHandle, CoseAlgorithm algorithm, KeyPair keys, boolean discoverable) {
        this.id = id;
        this.rpId = rpId;
        this.userHandle = userHandle;
        this.algorithm = algorithm;
        this.keys = keys;
        this.discoverable = discoverable;
    }

    public Bytes id() {
        return id;
    }

    public String rpId() {
        return rpId;
    }

    /** The {@code user.id} of the options it was made for. */
    public Bytes userHandle() {
        return userHandle;
    }

    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /** The public key as the authenticator sends it: a COSE_Key (RFC 9052, section 7) in CBOR. */
    public Bytes coseKey() {
        return Bytes.of(Cbor.encode(algorithm.coseKey(keys.getPublic())));
    }

    /** Whether it answers options that list no credentials. */
    public boolean discoverable() {
        return discoverable;
    }

    /** The signature counter of the last assertion, 0 where the authenticator does not count. */
    public synchronized long signCount() {
        return signCount;
    }

    synchronized long count() {
        return ++signCount;
    }

    KeyPair keys() {
        return keys;
    }
}
