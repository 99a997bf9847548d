package org.passkeygraft.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.web.view.Providers;

/** A passkey as data: nothing that is secret, and no key. */
final class PasskeyJson {
    private static final Providers PROVIDERS = Providers.known();

    private PasskeyJson() {}

    static Map<String, Object> of(CredentialRecord passkey) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", passkey.id().key());
        body.put("credentialId", passkey.id().toString());
        body.put("name", passkey.name().text());
        body.put("use", passkey.use().label());
        body.put("createdAt", passkey.createdAt());
        body.put("lastUsedAt", passkey.lastUsedAt());
        body.put("provider", PROVIDERS.name(passkey.aaguid()).orElse(null));
        body.put("synced", passkey.backedUp());
        body.put("transports", passkey.transports());
        return body;
    }

    static List<Map<String, Object>> of(List<CredentialRecord> passkeys) {
        return passkeys.stream().map(PasskeyJson::of).toList();
    }
}
