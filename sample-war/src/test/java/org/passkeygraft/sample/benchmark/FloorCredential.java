package org.passkeygraft.sample.benchmark;

import com.yubico.webauthn.CredentialRecord;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import java.util.Optional;
import java.util.Set;

/** A row of the floor's one table. */
@SuppressWarnings("deprecation") // how the library marks what is experimental
record FloorCredential(
        ByteArray id,
        ByteArray owner,
        String name,
        ByteArray publicKey,
        long signCount,
        boolean backupEligible,
        boolean backedUp)
        implements CredentialRecord {
    @Override
    public ByteArray getCredentialId() {
        return id;
    }

    @Override
    public ByteArray getUserHandle() {
        return owner;
    }

    @Override
    public ByteArray getPublicKeyCose() {
        return publicKey;
    }

    @Override
    public long getSignatureCount() {
        return signCount;
    }

    @Override
    public Optional<Set<AuthenticatorTransport>> getTransports() {
        return Optional.empty();
    }

    @Override
    public Optional<Boolean> isBackupEligible() {
        return Optional.of(backupEligible);
    }

    @Override
    public Optional<Boolean> isBackedUp() {
        return Optional.of(backedUp);
    }
}
