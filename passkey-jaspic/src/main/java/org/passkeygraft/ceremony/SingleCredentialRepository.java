package org.passkeygraft.ceremony;

import com.yubico.webauthn.CredentialRepositoryV2;
import com.yubico.webauthn.data.ByteArray;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.CredentialRecord;

/** Knows the one credential that an assertion claims to be of, and finds it for its owner only. */
@SuppressWarnings("deprecation") // how the library marks what is experimental
final class SingleCredentialRepository implements CredentialRepositoryV2<SingleCredential> {
    private final SingleCredential credential;

    SingleCredentialRepository(CredentialRecord credential) {
        this.credential = new SingleCredential(credential);
    }

    @Override
    public Set<SingleCredential> getCredentialDescriptorsForUserHandle(ByteArray userHandle) {
        return credential.getUserHandle().equals(userHandle) ? Set.of(credential) : Set.of();
    }

    @Override
    public Optional<SingleCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
        return Optional.of(credential)
                .filter(known -> known.getCredentialId().equals(credentialId))
                .filter(known -> known.getUserHandle().equals(userHandle));
    }

    @Override
    public boolean credentialIdExists(ByteArray credentialId) {
        return credential.getCredentialId().equals(credentialId);
    }
}
