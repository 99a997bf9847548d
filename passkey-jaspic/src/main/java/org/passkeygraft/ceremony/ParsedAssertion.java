package org.passkeygraft.ceremony;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.json.JsonException;
import org.passkeygraft.json.JsonObject;

/** An answer to an authentication ceremony whose shape is right. Nothing it says has been verified. */
public final class ParsedAssertion {
    private static final int LONGEST_AUTHENTICATOR_DATA = 4 * 1024;
    private static final int LONGEST_SIGNATURE = 1024;
    private static final int LONGEST_USER_HANDLE = 64;

    private final CredentialId credentialId;
    private final @Nullable UserHandle userHandle;
    private final ClientData clientData;
    private final AuthenticatorData authenticatorData;
    private final Bytes signature;
    private final boolean appId;

    private ParsedAssertion(
            CredentialId credentialId,
            @Nullable UserHandle userHandle,
            ClientData clientData,
            AuthenticatorData authenticatorData,
            Bytes signature,
            boolean appId) {
        this.credentialId = credentialId;
        this.userHandle = userHandle;
        this.clientData = clientData;
        this.authenticatorData = authenticatorData;
        this.signature = signature;
        this.appId = appId;
    }

    static ParsedAssertion parse(Bytes body) throws Refusal, JsonException {
        CredentialJson json = CredentialJson.parse(body);
        JsonObject response = json.response();
        Bytes data = CredentialJson.require(response, "authenticatorData", 1, LONGEST_AUTHENTICATOR_DATA);
        AuthenticatorData authenticatorData =
                Refusal.inside("response.authenticatorData", () -> AuthenticatorData.parse(data));
        if (authenticatorData.attestedCredential().isPresent()) {
            throw Refusal.ofShape("response.authenticatorData must not have attested credential data");
        }
        return new ParsedAssertion(
                json.id(),
                CredentialJson.optional(response, "userHandle", LONGEST_USER_HANDLE)
                        .map(UserHandle::new)
                        .orElse(null),
                ClientData.parse(response),
                authenticatorData,
                CredentialJson.require(response, "signature", 1, LONGEST_SIGNATURE),
                claimsAppId(json.extensions()));
    }

    /** What appid says (section 10.1.1), the only extension we ever ask for. */
    private static boolean claimsAppId(JsonObject extensions) throws Refusal {
        try {
            return extensions.flag("appid").orElse(false);
        } catch (JsonException ofAnotherType) {
            throw new Refusal(Rejection.EXTENSIONS);
        }
    }

    /** The challenge the answer claims: its tag finds the sealed ceremony. */
    public Challenge challenge() {
        return clientData.challenge();
    }

    public CredentialId credentialId() {
        return credentialId;
    }

    /** Who the authenticator says its passkey belongs to. */
    public Optional<UserHandle> userHandle() {
        return Optional.ofNullable(userHandle);
    }

    ClientData clientData() {
        return clientData;
    }

    AuthenticatorData authenticatorData() {
        return authenticatorData;
    }

    Bytes signature() {
        return signature;
    }

    /** Whether the client says that it used the AppID in place of the RP ID. */
    boolean claimsAppId() {
        return appId;
    }

    /** Nothing of an assertion belongs in a log. */
    @Override
    public String toString() {
        return "ParsedAssertion[***]";
    }
}
