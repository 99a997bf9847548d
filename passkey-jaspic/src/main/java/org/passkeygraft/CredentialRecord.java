package org.passkeygraft;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential record (WebAuthn Level 3, section 4) with what a person wants to see of it.
 *
 * @param publicKey the COSE key as the authenticator gave it
 * @param signCount the signature counter of the last accepted assertion, 0 where the authenticator keeps none
 * @param backupEligible fixed when the passkey was made (BE)
 * @param backedUp whether it was backed up when last used (BS)
 * @param transports in the order the browser gave them, known values only
 * @param aaguid the authenticator's model as a UUID; all zeros where it does not say
 * @param lastUsedAt null until the first logon with it
 */
public record CredentialRecord(
        CredentialId id,
        UserHandle owner,
        PasskeyName name,
        PasskeyUse use,
        Bytes publicKey,
        long signCount,
        boolean backupEligible,
        boolean backedUp,
        List<String> transports,
        String aaguid,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {
    public CredentialRecord {
        transports = List.copyOf(transports);
    }

    public Optional<Instant> lastUsed() {
        return Optional.ofNullable(lastUsedAt);
    }
}
