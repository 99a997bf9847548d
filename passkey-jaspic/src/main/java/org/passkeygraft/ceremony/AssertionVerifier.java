package org.passkeygraft.ceremony;

import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.AssertionResultV2;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.RelyingPartyV2;
import com.yubico.webauthn.data.AssertionExtensionInputs;
import com.yubico.webauthn.data.AuthenticatorAssertionResponse;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientAssertionExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.data.exception.Base64UrlException;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.InvalidSignatureCountException;
import com.yubico.webauthn.extension.appid.AppId;
import com.yubico.webauthn.extension.appid.InvalidAppIdException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.Rejection;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;

/**
 * The library's part of an assertion, fed with objects built by hand: its own JSON methods make a new mapper at every
 * call. The one place that knows the library's repository of the second version, which it calls experimental.
 */
@SuppressWarnings("deprecation") // how the library marks what is experimental
final class AssertionVerifier {
    private final RelyingPartyIdentity identity;
    private final Optional<AppId> appId;

    AssertionVerifier(RelyingParty relyingParty) {
        this.appId = relyingParty.appId().map(AssertionVerifier::appId);
        this.identity = RelyingPartyIdentity.builder()
                .id(relyingParty.id())
                .name(relyingParty.name())
                .build();
    }

    private static AppId appId(String configured) {
        try {
            return new AppId(configured);
        } catch (InvalidAppIdException unfit) {
            throw new IllegalArgumentException("passkey.rp.appid is no AppID: " + configured, unfit);
        }
    }

    /** Whose passkey it was (sections 7.2, steps 5 to 22), once all that costs no signature has been checked. */
    UserHandle verify(ParsedAssertion assertion, PendingCeremony pending, CredentialRecord credential) throws Refusal {
        try {
            AssertionResultV2<SingleCredential> result = relyingParty(assertion, credential)
                    .finishAssertion(FinishAssertionOptions.builder()
                            .request(request(pending, credential))
                            .response(response(assertion))
                            .build());
            Refusal.unless(result.isSuccess() && result.isSignatureCounterValid(), Rejection.SIGNATURE);
            return new UserHandle(
                    Bytes.of(result.getCredential().getUserHandle().getBytes()));
        } catch (InvalidSignatureCountException counter) {
            throw new Refusal(Rejection.COUNTER);
        } catch (AssertionFailedException | IOException | Base64UrlException | RuntimeException malformed) {
            // Malformed input leaves the library as almost any exception (guard G11).
            throw new Refusal(Rejection.SIGNATURE);
        }
    }

    /** Made anew for each assertion, which costs a microsecond: the library passes its repository no other context. */
    private RelyingPartyV2<SingleCredential> relyingParty(ParsedAssertion assertion, CredentialRecord credential) {
        return com.yubico.webauthn.RelyingParty.builder()
                .identity(identity)
                .credentialRepositoryV2(new SingleCredentialRepository(credential))
                .origins(Set.of(assertion.clientData().origin()))
                .preferredPubkeyParams(List.of())
                .build();
    }

    private AssertionRequest request(PendingCeremony pending, CredentialRecord credential) {
        PublicKeyCredentialRequestOptions options = PublicKeyCredentialRequestOptions.builder()
                .challenge(bytes(pending.challenge().bytes()))
                .userVerification(
                        pending.requiresUserVerification()
                                ? UserVerificationRequirement.REQUIRED
                                : UserVerificationRequirement.DISCOURAGED)
                .extensions(extensions(pending))
                .build();
        AssertionRequest.AssertionRequestBuilder request =
                AssertionRequest.builder().publicKeyCredentialRequestOptions(options);
        return pending.kind() == CeremonyKind.LOGON
                ? request.build()
                : request.userHandle(bytes(credential.owner().bytes())).build();
    }

    /** The library takes an AppID's hash where the AppID was asked for; whether it may, was checked before. */
    private AssertionExtensionInputs extensions(PendingCeremony pending) {
        return AssertionExtensionInputs.builder()
                .appid(pending.requiresUserVerification() ? Optional.empty() : appId)
                .build();
    }

    private static PublicKeyCredential<AuthenticatorAssertionResponse, ClientAssertionExtensionOutputs> response(
            ParsedAssertion assertion) throws IOException, Base64UrlException {
        AuthenticatorAssertionResponse.AuthenticatorAssertionResponseBuilder response =
                AuthenticatorAssertionResponse.builder()
                        .authenticatorData(bytes(assertion.authenticatorData().bytes()))
                        .clientDataJSON(bytes(assertion.clientData().bytes()))
                        .signature(bytes(assertion.signature()));
        assertion.userHandle().ifPresent(handle -> response.userHandle(bytes(handle.bytes())));
        return PublicKeyCredential.<AuthenticatorAssertionResponse, ClientAssertionExtensionOutputs>builder()
                .id(bytes(assertion.credentialId().bytes()))
                .response(response.build())
                .clientExtensionResults(
                        ClientAssertionExtensionOutputs.builder().build())
                .build();
    }

    private static ByteArray bytes(Bytes bytes) {
        return new ByteArray(bytes.toArray());
    }
}
