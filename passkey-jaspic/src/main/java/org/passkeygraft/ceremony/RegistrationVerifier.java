package org.passkeygraft.ceremony;

import com.yubico.webauthn.CredentialRepositoryV2;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RegistrationResult;
import com.yubico.webauthn.RelyingPartyV2;
import com.yubico.webauthn.data.AttestationConveyancePreference;
import com.yubico.webauthn.data.AuthenticatorAttestationResponse;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.ClientRegistrationExtensionOutputs;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.data.exception.Base64UrlException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Bytes;
import org.passkeygraft.Rejection;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;

/** The library's part of a registration, fed with objects built by hand. */
@SuppressWarnings("deprecation") // how the library marks what is experimental
final class RegistrationVerifier {
    private static final List<PublicKeyCredentialParameters> OFFERED = List.of(
            PublicKeyCredentialParameters.ES256,
            PublicKeyCredentialParameters.EdDSA,
            PublicKeyCredentialParameters.ES384,
            PublicKeyCredentialParameters.RS256);

    private final RelyingPartyIdentity identity;
    private final RelyingPartyV2<SingleCredential> library;
    private final RelyingPartyV2<SingleCredential> trustingRoots;

    /** @param clock tells which certificates have run out */
    RegistrationVerifier(RelyingParty relyingParty, TrustRoots roots, InstantSource clock) {
        this.identity = RelyingPartyIdentity.builder()
                .id(relyingParty.id())
                .name(relyingParty.name())
                .build();
        this.library = library(relyingParty).build();
        this.trustingRoots = library(relyingParty)
                .attestationConveyancePreference(AttestationConveyancePreference.DIRECT)
                .attestationTrustSource(roots)
                .allowUntrustedAttestation(false)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build();
    }

    private RelyingPartyV2.RelyingPartyV2Builder<SingleCredential> library(RelyingParty relyingParty) {
        return com.yubico.webauthn.RelyingParty.builder()
                .identity(identity)
                .credentialRepositoryV2(new NoCredentials())
                .origins(relyingParty.origins())
                .preferredPubkeyParams(OFFERED);
    }

    void verify(ParsedRegistration registration, PendingCeremony pending) throws Refusal {
        verify(library, registration, pending);
    }

    /** The same, and that the authenticator is of the model that it claims, as one of the trust roots says. */
    void verifyModel(ParsedRegistration registration, PendingCeremony pending) throws Refusal {
        RegistrationResult result = verify(trustingRoots, registration, pending);
        Refusal.unless(result.isAttestationTrusted(), Rejection.AUTHENTICATOR);
    }

    private RegistrationResult verify(
            RelyingPartyV2<SingleCredential> library, ParsedRegistration registration, PendingCeremony pending)
            throws Refusal {
        try {
            RegistrationResult result = library.finishRegistration(FinishRegistrationOptions.builder()
                    .request(request(pending))
                    .response(response(registration))
                    .isConditionalCreate(pending.isUnattended())
                    .build());
            boolean agreed = result.getKeyId()
                    .getId()
                    .equals(bytes(registration.credentialId().bytes()));
            Refusal.unless(agreed, Rejection.ATTESTATION);
            return result;
        } catch (RegistrationFailedException | IOException | Base64UrlException | RuntimeException malformed) {
            // Malformed input leaves the library as almost any exception (guard G11).
            throw new Refusal(Rejection.ATTESTATION);
        }
    }

    private PublicKeyCredentialCreationOptions request(PendingCeremony pending) {
        UserIdentity user = UserIdentity.builder()
                .name(pending.account())
                .displayName(pending.account())
                .id(bytes(Bytes.require(pending.userHandle())))
                .build();
        return PublicKeyCredentialCreationOptions.builder()
                .rp(identity)
                .user(user)
                .challenge(bytes(pending.challenge().bytes()))
                .pubKeyCredParams(OFFERED)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .userVerification(
                                pending.requiresUserVerification()
                                        ? UserVerificationRequirement.REQUIRED
                                        : UserVerificationRequirement.DISCOURAGED)
                        .build())
                .build();
    }

    private static PublicKeyCredential<AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs> response(
            ParsedRegistration registration) throws IOException, Base64UrlException {
        return PublicKeyCredential.<AuthenticatorAttestationResponse, ClientRegistrationExtensionOutputs>builder()
                .id(bytes(registration.credentialId().bytes()))
                .response(AuthenticatorAttestationResponse.builder()
                        .attestationObject(bytes(registration.attestation().bytes()))
                        .clientDataJSON(bytes(registration.clientData().bytes()))
                        .build())
                .clientExtensionResults(
                        ClientRegistrationExtensionOutputs.builder().build())
                .build();
    }

    private static ByteArray bytes(Bytes bytes) {
        return new ByteArray(bytes.toArray());
    }

    /** Whether a credential id is taken is asked of the database's unique index, when the passkey is stored. */
    private static final class NoCredentials implements CredentialRepositoryV2<SingleCredential> {
        @Override
        public Set<SingleCredential> getCredentialDescriptorsForUserHandle(ByteArray userHandle) {
            return Set.of();
        }

        @Override
        public Optional<SingleCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
            return Optional.empty();
        }

        @Override
        public boolean credentialIdExists(ByteArray credentialId) {
            return false;
        }
    }
}
