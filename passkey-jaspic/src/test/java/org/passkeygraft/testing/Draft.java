package org.passkeygraft.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;

/**
 * One answer in the making. It comes about stage by stage, and a lie can be told after each: what was built before it
 * is bent, what is built after it, signature included, rests on the lie.
 */
final class Draft {
    enum Stage {
        /** The credential is chosen or made. */
        CREDENTIAL,
        /** The members of the client data are known. */
        CLIENT_DATA,
        /** The client data is written. */
        CLIENT_DATA_JSON,
        /** The parts of the authenticator data are known. */
        PARTS,
        /** The authenticator data is written. */
        AUTHENTICATOR_DATA,
        /** Assertion or self attestation is signed. */
        SIGNATURE,
        /** The members of the attestation object are known. */
        ATTESTATION,
        /** The attestation object is written. */
        ATTESTATION_OBJECT,
        /** The members of the answer are known. */
        JSON,
        /** The answer is written. */
        BODY
    }

    record Lie(Stage stage, Consumer<Draft> telling) {}

    final boolean registration;
    final AuthenticatorModel model;
    final String rpId;
    private final String challenge;
    private final String origin;
    final Members extensionResults = new Members();

    SoftwareCredential credential;

    @Nullable Bytes userHandle;

    Members clientData = new Members();
    byte[] clientDataJson = {};

    byte[] rpIdHash = {};
    int flags;
    long counter;
    boolean attestedData;
    byte[] aaguid = {};
    byte[] attestedId = {};
    int attestedIdLength;
    Members coseKey = new Members();
    byte[] coseKeyBytes = {};
    byte[] extensions = {};
    byte[] authenticatorData = {};

    byte[] signature = {};
    Members attestation = new Members();
    byte[] attestationObject = {};

    Members response = new Members();
    Members json = new Members();
    byte[] body = {};

    Draft(
            boolean registration,
            AuthenticatorModel model,
            SoftwareCredential credential,
            String rpId,
            String challenge,
            String origin,
            int flags,
            long counter) {
        this.registration = registration;
        this.model = model;
        this.credential = credential;
        this.rpId = rpId;
        this.challenge = challenge;
        this.origin = origin;
        this.flags = flags;
        this.counter = counter;
        this.attestedData = registration;
        this.userHandle = credential.discoverable() ? credential.userHandle() : null;
    }

    byte[] complete(List<Lie> lies) {
        for (Stage stage : Stage.values()) {
            build(stage);
            lies.stream()
                    .filter(lie -> lie.stage() == stage)
                    .forEach(lie -> lie.telling().accept(this));
        }
        return body;
    }

    private void build(Stage stage) {
        switch (stage) {
            case CREDENTIAL -> {}
            case CLIENT_DATA -> clientData = honestClientData();
            case CLIENT_DATA_JSON -> clientDataJson = utf8(JsonText.write(clientData));
            case PARTS -> chooseParts();
            case AUTHENTICATOR_DATA -> authenticatorData = assemble();
            case SIGNATURE ->
                signature = credential.algorithm().sign(credential.keys().getPrivate(), signedBytes());
            case ATTESTATION ->
                attestation = model.maker() == null
                        ? attestation(model.selfAttestation())
                        : attestation("packed", certified(model.maker()));
            case ATTESTATION_OBJECT -> attestationObject = Cbor.encode(attestation);
            case JSON -> chooseJson();
            case BODY -> body = utf8(JsonText.write(json));
        }
    }

    /** WebAuthn Level 3, section 5.8.1.1: these members, in this order. */
    private Members honestClientData() {
        return new Members()
                .put("type", registration ? "webauthn.create" : "webauthn.get")
                .put("challenge", challenge)
                .put("origin", origin)
                .put("crossOrigin", false);
    }

    private void chooseParts() {
        rpIdHash = Octets.sha256(utf8(rpId));
        aaguid = model.aaguid().toArray();
        attestedId = credential.id().toArray();
        attestedIdLength = attestedId.length;
        coseKey = credential.algorithm().coseKey(credential.publicKey());
        coseKeyBytes = Cbor.encode(coseKey);
    }

    /** WebAuthn Level 3, section 6.1. */
    private byte[] assemble() {
        byte[] head = Octets.join(rpIdHash, new byte[] {(byte) flags}, Octets.bigEndian(counter, 4));
        return Octets.join(head, attestedData ? attestedCredentialData() : new byte[0], extensions);
    }

    private byte[] attestedCredentialData() {
        return Octets.join(aaguid, Octets.bigEndian(attestedIdLength, 2), attestedId, coseKeyBytes);
    }

    /** What an assertion and a self attestation sign (sections 6.3.3 and 8.2). */
    byte[] signedBytes() {
        return Octets.join(authenticatorData, Octets.sha256(clientDataJson));
    }

    /** Section 6.5.4, in format {@code none} or as packed self attestation (section 8.2). */
    Members attestation(boolean self) {
        Members statement = new Members();
        if (self) {
            statement.put("alg", credential.algorithm().identifier()).put("sig", signature);
        }
        return attestation(self ? "packed" : "none", statement);
    }

    private Members attestation(String format, Members statement) {
        return new Members().put("fmt", format).put("attStmt", statement).put("authData", authenticatorData);
    }

    /** Section 8.2, with the maker's certificate. */
    private Members certified(AuthenticatorMaker maker) {
        return new Members()
                .put("alg", CoseAlgorithm.ES256.identifier())
                .put("sig", maker.sign(signedBytes()))
                .put("x5c", List.of(maker.certificate()));
    }

    /** RegistrationResponseJSON and AuthenticationResponseJSON (sections 5.1 and 5.5.1). */
    private void chooseJson() {
        response = registration ? registrationResponse() : assertionResponse();
        String id = credential.id().base64url();
        json = new Members()
                .put("id", id)
                .put("rawId", id)
                .put("response", response)
                .put("authenticatorAttachment", model.attachment())
                .put("clientExtensionResults", extensionResults)
                .put("type", "public-key");
    }

    private Members registrationResponse() {
        return new Members()
                .put("clientDataJSON", base64url(clientDataJson))
                .put("authenticatorData", base64url(authenticatorData))
                .put("transports", model.transports())
                .put("publicKey", base64url(credential.publicKey().getEncoded()))
                .put("publicKeyAlgorithm", credential.algorithm().identifier())
                .put("attestationObject", base64url(attestationObject));
    }

    private Members assertionResponse() {
        Members members = new Members()
                .put("clientDataJSON", base64url(clientDataJson))
                .put("authenticatorData", base64url(authenticatorData))
                .put("signature", base64url(signature));
        if (userHandle != null) {
            members.put("userHandle", userHandle.base64url());
        }
        return members;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String base64url(byte[] bytes) {
        return Bytes.of(bytes).base64url();
    }
}
