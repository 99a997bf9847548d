package org.passkeygraft.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECKey;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.passkeygraft.Bytes;

/**
 * Answers of a {@link SoftwareAuthenticator} that are wrong in a chosen way and right in every other.
 *
 * <pre>{@code
 * String answer = authenticator.lying().withOrigin("https://evil.example").get(options, origin);
 * }</pre>
 *
 * <p>A method named {@code with…} lies before anything is signed: the signature is good. A method named
 * {@code swapping…} lies afterwards. Lies add up in the order told. A lying {@code create} leaves no passkey on the
 * device. Immutable.
 */
public final class Lies {
    private final SoftwareAuthenticator authenticator;
    private final List<Draft.Lie> lies;

    Lies(SoftwareAuthenticator authenticator, List<Draft.Lie> lies) {
        this.authenticator = authenticator;
        this.lies = lies;
    }

    /** As {@link SoftwareAuthenticator#create(String, String)}, with these lies. */
    public String create(String optionsJson, String origin) {
        return new String(createBytes(optionsJson, origin).toArray(), StandardCharsets.UTF_8);
    }

    /** As {@link SoftwareAuthenticator#get(String, String)}, with these lies. */
    public String get(String optionsJson, String origin) {
        return new String(getBytes(optionsJson, origin).toArray(), StandardCharsets.UTF_8);
    }

    /** The body as bytes, for lies that are not UTF-8. */
    public Bytes createBytes(String optionsJson, String origin) {
        return Bytes.of(authenticator.create(optionsJson, origin, lies));
    }

    /** The body as bytes, for lies that are not UTF-8. */
    public Bytes getBytes(String optionsJson, String origin) {
        return Bytes.of(authenticator.get(optionsJson, origin, candidate -> true, lies));
    }

    // Client data (WebAuthn Level 3, section 5.8.1)

    public Lies withType(String type) {
        return withClientData(members -> members.put("type", type));
    }

    public Lies withChallenge(String challenge) {
        return withClientData(members -> members.put("challenge", challenge));
    }

    public Lies withOrigin(String origin) {
        return withClientData(members -> members.put("origin", origin));
    }

    public Lies withCrossOrigin(boolean crossOrigin) {
        return withClientData(members -> members.put("crossOrigin", crossOrigin));
    }

    public Lies withTopOrigin(String topOrigin) {
        return withClientData(members -> members.put("topOrigin", topOrigin));
    }

    /** Sets a member of the client data to any JSON, well formed or not. */
    public Lies withClientDataMember(String name, String json) {
        return withClientData(members -> members.put(name, new JsonText.Raw(json)));
    }

    public Lies withoutClientDataMember(String name) {
        return withClientData(members -> members.remove(name));
    }

    /** Adds a member of the client data at the end, though one of this name be there. */
    public Lies withRepeatedClientDataMember(String name, String json) {
        return withClientData(members -> members.repeat(name, new JsonText.Raw(json)));
    }

    public Lies withClientDataJson(UnaryOperator<Bytes> change) {
        return with(
                Draft.Stage.CLIENT_DATA_JSON, draft -> draft.clientDataJson = changed(draft.clientDataJson, change));
    }

    public Lies swappingClientDataJson(UnaryOperator<Bytes> change) {
        return with(Draft.Stage.SIGNATURE, draft -> draft.clientDataJson = changed(draft.clientDataJson, change));
    }

    // Authenticator data (section 6.1)

    /** The RP ID hash of another relying party. */
    public Lies withRpId(String rpId) {
        return withRpIdHash(Bytes.of(rpId.getBytes(StandardCharsets.UTF_8)).sha256());
    }

    public Lies withRpIdHash(Bytes hash) {
        return with(Draft.Stage.PARTS, draft -> draft.rpIdHash = hash.toArray());
    }

    public Lies withFlag(Flag flag, boolean set) {
        return with(Draft.Stage.PARTS, draft -> draft.flags = flag.in(draft.flags, set));
    }

    /** The signature counter, an unsigned number of 32 bits. */
    public Lies withCounter(long counter) {
        return with(Draft.Stage.PARTS, draft -> draft.counter = counter);
    }

    /** Extension data, with the flag that announces it. */
    public Lies withExtensionData(Bytes cbor) {
        return withFlag(Flag.EXTENSION_DATA, true).with(Draft.Stage.PARTS, draft -> draft.extensions = cbor.toArray());
    }

    /** Attested credential data in an assertion, with the flag that announces it. */
    public Lies withAttestedData() {
        return withFlag(Flag.ATTESTED_DATA, true).with(Draft.Stage.PARTS, draft -> draft.attestedData = true);
    }

    public Lies withAuthenticatorData(UnaryOperator<Bytes> change) {
        return with(
                Draft.Stage.AUTHENTICATOR_DATA,
                draft -> draft.authenticatorData = changed(draft.authenticatorData, change));
    }

    public Lies swappingAuthenticatorData(UnaryOperator<Bytes> change) {
        return with(Draft.Stage.SIGNATURE, draft -> draft.authenticatorData = changed(draft.authenticatorData, change));
    }

    // Credential

    /** A passkey of another algorithm, asked for or not; for {@code create}. */
    public Lies withAlgorithm(CoseAlgorithm algorithm) {
        return with(
                Draft.Stage.CREDENTIAL,
                draft -> draft.credential = authenticator.make(
                        algorithm, draft.rpId, draft.credential.userHandle(), draft.credential.discoverable()));
    }

    /** A credential id, in the JSON and in the attested credential data. */
    public Lies withCredentialId(Bytes id) {
        return withAttestedCredentialId(id).withId(id.base64url()).withRawId(id.base64url());
    }

    /** A credential id in the attested credential data that the JSON does not know of; for {@code create}. */
    public Lies withAttestedCredentialId(Bytes id) {
        return with(Draft.Stage.PARTS, draft -> {
            draft.attestedId = id.toArray();
            draft.attestedIdLength = id.length();
        });
    }

    /** The COSE_Key in the attested credential data, well formed or not; for {@code create}. */
    public Lies withPublicKey(Bytes cbor) {
        return with(Draft.Stage.PARTS, draft -> draft.coseKeyBytes = cbor.toArray());
    }

    /** The user handle of an assertion. */
    public Lies withUserHandle(Bytes handle) {
        return with(Draft.Stage.CREDENTIAL, draft -> draft.userHandle = handle);
    }

    public Lies withoutUserHandle() {
        return with(Draft.Stage.CREDENTIAL, draft -> draft.userHandle = null);
    }

    // Signature: of an assertion, or of a self attestation

    public Lies swappingSignature(UnaryOperator<Bytes> change) {
        return with(Draft.Stage.SIGNATURE, draft -> draft.signature = changed(draft.signature, change));
    }

    /** Signed by a key of the same algorithm that nobody registered. */
    public Lies signedByAnotherKey() {
        return with(Draft.Stage.SIGNATURE, draft -> {
            CoseAlgorithm algorithm = draft.credential.algorithm();
            draft.signature = algorithm.sign(algorithm.newKeyPair().getPrivate(), draft.signedBytes());
        });
    }

    /** One bit of the signature, counted from the last. */
    public Lies withFlippedSignatureBit(int bit) {
        return swappingSignature(signature -> Octets.flip(signature, bit));
    }

    /** The other signature that an ECDSA signature makes known: (r, n - s), as good as the first. */
    public Lies withNegatedS() {
        return withEcdsaSignature(
                (signature, order) -> new EcdsaSignature(signature.r(), order.subtract(signature.s())).encoded());
    }

    /** An ECDSA signature as r ‖ s, as JOSE writes it and WebAuthn does not. */
    public Lies withRawSignature() {
        return withEcdsaSignature((signature, order) -> signature.raw((order.bitLength() + 7) / 8));
    }

    // Attestation (section 6.5.4); for create

    /** Signed by the new passkey itself, whatever kind of device this is. */
    public Lies withSelfAttestation() {
        return with(Draft.Stage.ATTESTATION, draft -> draft.attestation = draft.attestation(true));
    }

    /**
     * Another attestation statement.
     *
     * @param format the attestation statement format identifier
     * @param statement CBOR, well formed or not
     */
    public Lies withAttestation(String format, Bytes statement) {
        return with(
                Draft.Stage.ATTESTATION,
                draft -> draft.attestation.put("fmt", format).put("attStmt", new Cbor.Raw(statement)));
    }

    /** The statement as it is, under another format's name. */
    public Lies withAttestationFormat(String format) {
        return with(Draft.Stage.ATTESTATION, draft -> draft.attestation.put("fmt", format));
    }

    /** A statement whose signature is of something else. */
    public Lies swappingAttestationSignature() {
        return with(Draft.Stage.ATTESTATION, draft -> {
            Members statement = (Members) draft.attestation.get("attStmt");
            byte[] other =
                    draft.credential.algorithm().sign(draft.credential.keys().getPrivate(), draft.signedBytes());
            statement.put("sig", other);
        });
    }

    public Lies withAttestationObject(UnaryOperator<Bytes> change) {
        return with(
                Draft.Stage.ATTESTATION_OBJECT,
                draft -> draft.attestationObject = changed(draft.attestationObject, change));
    }

    // The JSON itself

    public Lies withId(String id) {
        return withMember("id", '"' + id + '"');
    }

    public Lies withRawId(String rawId) {
        return withMember("rawId", '"' + rawId + '"');
    }

    /**
     * Sets a member of the answer to any JSON, well formed or not.
     *
     * @param path {@code type}, or {@code response.signature} for a member of the response
     */
    public Lies withMember(String path, String json) {
        return with(Draft.Stage.JSON, draft -> parent(draft, path).put(leaf(path), new JsonText.Raw(json)));
    }

    public Lies withoutMember(String path) {
        return with(Draft.Stage.JSON, draft -> parent(draft, path).remove(leaf(path)));
    }

    /** Adds a member of the answer at the end of its object, though one of this name be there. */
    public Lies withRepeatedMember(String path, String json) {
        return with(Draft.Stage.JSON, draft -> parent(draft, path).repeat(leaf(path), new JsonText.Raw(json)));
    }

    /** Changes the spelling of a binary member, its base64url text without the quotes. */
    public Lies withSpelling(String path, UnaryOperator<String> change) {
        return with(Draft.Stage.JSON, draft -> {
            Members parent = parent(draft, path);
            parent.put(leaf(path), change.apply((String) parent.get(leaf(path))));
        });
    }

    public Lies withBody(UnaryOperator<Bytes> change) {
        return with(Draft.Stage.BODY, draft -> draft.body = changed(draft.body, change));
    }

    Lies with(Draft.Stage stage, Consumer<Draft> telling) {
        return new Lies(
                authenticator,
                Stream.concat(lies.stream(), Stream.of(new Draft.Lie(stage, telling)))
                        .toList());
    }

    /** For ECDSA passkeys: changes a signature, given the order of the curve's group. */
    Lies withEcdsaSignature(BiFunction<EcdsaSignature, BigInteger, byte[]> change) {
        return with(Draft.Stage.SIGNATURE, draft -> {
            ECKey key = (ECKey) draft.credential.publicKey();
            draft.signature = change.apply(
                    EcdsaSignature.parse(draft.signature), key.getParams().getOrder());
        });
    }

    private Lies withClientData(Consumer<Members> change) {
        return with(Draft.Stage.CLIENT_DATA, draft -> change.accept(draft.clientData));
    }

    private static byte[] changed(byte[] bytes, UnaryOperator<Bytes> change) {
        return change.apply(Bytes.of(bytes)).toArray();
    }

    private static Members parent(Draft draft, String path) {
        return path.startsWith("response.") ? draft.response : draft.json;
    }

    private static String leaf(String path) {
        return path.substring(path.indexOf('.') + 1);
    }
}
