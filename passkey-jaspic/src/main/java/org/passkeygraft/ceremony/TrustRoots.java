package org.passkeygraft.ceremony;

import com.yubico.webauthn.attestation.AttestationTrustSource;
import com.yubico.webauthn.data.ByteArray;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom to believe about the model of an authenticator (WebAuthn Level 3, section 7.1, step 23): every configured root, for
 * every model. Revocation is not asked for: a makers' root that is not to be believed any more is taken out of the file.
 */
record TrustRoots(Set<X509Certificate> certificates) implements AttestationTrustSource {
    TrustRoots {
        certificates = Set.copyOf(certificates);
    }

    @Override
    public TrustRootsResult findTrustRoots(List<X509Certificate> chain, Optional<ByteArray> aaguid) {
        return TrustRootsResult.builder()
                .trustRoots(certificates)
                .enableRevocationChecking(false)
                // Certificates of TPMs have critical policies with qualifiers, which say nothing that matters here.
                .policyTreeValidator(policies -> true)
                .build();
    }
}
