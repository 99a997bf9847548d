package org.passkeygraft.ceremony;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
import org.passkeygraft.Rejection;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;

/** An answer to a registration ceremony whose shape is right. Nothing it says has been verified. */
public final class ParsedRegistration {
    private static final int LONGEST_ATTESTATION_OBJECT = 16 * 1024;

    private final ClientData clientData;
    private final AttestationObject attestation;
    private final AttestedCredential credential;
    private final List<String> transports;
    private final @Nullable Boolean discoverable;

    private ParsedRegistration(
            ClientData clientData,
            AttestationObject attestation,
            AttestedCredential credential,
            List<String> transports,
            @Nullable Boolean discoverable) {
        this.clientData = clientData;
        this.attestation = attestation;
        this.credential = credential;
        this.transports = transports;
        this.discoverable = discoverable;
    }

    /** The key comes from the attestation object alone; {@code response.publicKey} and its like are not read (T-16). */
    static ParsedRegistration parse(Bytes body) throws Refusal, JsonException {
        CredentialJson json = CredentialJson.parse(body);
        JsonObject response = json.response();
        ClientData clientData = ClientData.parse(response);
        Bytes object = CredentialJson.require(response, "attestationObject", 1, LONGEST_ATTESTATION_OBJECT);
        AttestationObject attestation =
                Refusal.inside("response.attestationObject", () -> AttestationObject.parse(object));
        AttestedCredential credential = Refusal.inside("response.attestationObject", attestation::credential);
        if (!credential.id().equals(json.id())) {
            throw Refusal.ofShape("id must be the credential id in response.attestationObject");
        }
        return new ParsedRegistration(
                clientData,
                attestation,
                credential,
                Transports.known(response.texts("transports")),
                discoverable(json.extensions()).orElse(null));
    }

    /** What credProps says (section 10.1.3), the only extension we ask for. */
    private static Optional<Boolean> discoverable(JsonObject extensions) throws Refusal {
        try {
            Optional<JsonObject> credentialProperties = extensions.object("credProps");
            return credentialProperties.isEmpty()
                    ? Optional.empty()
                    : credentialProperties.get().flag("rk");
        } catch (JsonException ofAnotherType) {
            throw new Refusal(Rejection.EXTENSIONS);
        }
    }

    /** The challenge the answer claims: its tag finds the sealed ceremony. */
    public Challenge challenge() {
        return clientData.challenge();
    }

    public CredentialId credentialId() {
        return credential.id();
    }

    ClientData clientData() {
        return clientData;
    }

    AttestationObject attestation() {
        return attestation;
    }

    AttestedCredential credential() {
        return credential;
    }

    List<String> transports() {
        return transports;
    }

    /** Whether the client admits that a user name would be needed to use it. */
    boolean isKnownNotDiscoverable() {
        return Boolean.FALSE.equals(discoverable);
    }

    @Override
    public String toString() {
        return "ParsedRegistration[***]";
    }
}
