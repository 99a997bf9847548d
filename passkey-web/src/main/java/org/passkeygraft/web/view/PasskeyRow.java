package org.passkeygraft.web.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;

/**
 * One passkey of the list.
 *
 * @param id the passkey's name in URLs
 * @param credentialId base64url, up to 1,364 characters
 * @param provider empty if not known
 * @param synced whether it was backed up when last used
 * @param lastUsed null until the first logon with it
 */
public record PasskeyRow(
        String id,
        String credentialId,
        String name,
        PasskeyUse use,
        String provider,
        boolean synced,
        Instant created,
        @Nullable Instant lastUsed) {
    private static final int SHORT = 12;

    public static PasskeyRow of(CredentialRecord credential, Providers providers) {
        return new PasskeyRow(
                credential.id().key(),
                credential.id().toString(),
                credential.name().text(),
                credential.use(),
                providers.name(credential.aaguid()).orElse(""),
                credential.backedUp(),
                credential.createdAt(),
                credential.lastUsedAt());
    }

    /** Enough of the id to tell passkeys apart by eye. */
    public String shortId() {
        return credentialId.length() <= SHORT ? credentialId : credentialId.substring(0, SHORT) + '…';
    }

    public boolean secondFactorOnly() {
        return use == PasskeyUse.SECOND_FACTOR;
    }

    public String createdIso() {
        return new Moment(created).iso();
    }

    public String created(Texts texts) {
        return new Moment(created).text(texts);
    }

    public String lastUsedIso() {
        return Moment.isoOfUse(lastUsed);
    }

    public String lastUsed(Texts texts) {
        return Moment.textOfUse(lastUsed, texts);
    }
}
