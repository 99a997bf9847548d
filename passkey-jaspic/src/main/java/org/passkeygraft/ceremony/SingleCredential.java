package org.passkeygraft.ceremony;

import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.CredentialRecord;

/** One credential record in the library's words. */
@SuppressWarnings("deprecation") // how the library marks what is experimental
record SingleCredential(CredentialRecord credential) implements com.yubico.webauthn.CredentialRecord {
    @Override
    public ByteArray getCredentialId() {
        return new ByteArray(credential.id().bytes().toArray());
    }

    @Override
    public ByteArray getUserHandle() {
        return new ByteArray(credential.owner().bytes().toArray());
    }

    @Override
    public ByteArray getPublicKeyCose() {
        return new ByteArray(credential.publicKey().toArray());
    }

    @Override
    public long getSignatureCount() {
        return credential.signCount();
    }

    @Override
    public Optional<Set<AuthenticatorTransport>> getTransports() {
        return Optional.empty();
    }

    @Override
    public Optional<Boolean> isBackupEligible() {
        return Optional.of(credential.backupEligible());
    }

    @Override
    public Optional<Boolean> isBackedUp() {
        return Optional.of(credential.backedUp());
    }
}
