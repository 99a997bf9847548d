package org.passkeygraft.ceremony;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.passkeygraft.CredentialRecord;

/** What the options of both ceremonies share. */
final class OptionsJson {
    private OptionsJson() {}

    /** PublicKeyCredentialDescriptorJSON, one a passkey. */
    static List<Map<String, Object>> descriptors(List<CredentialRecord> credentials) {
        return credentials.stream().map(OptionsJson::descriptor).toList();
    }

    /** "discouraged" and not "preferred" where it is not required: the password was the other factor. */
    static String userVerification(boolean required) {
        return required ? "required" : "discouraged";
    }

    /** An object of two members, in this order. */
    static Map<String, Object> pair(String firstName, Object first, String secondName, Object second) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(firstName, first);
        pair.put(secondName, second);
        return pair;
    }

    private static Map<String, Object> descriptor(CredentialRecord credential) {
        Map<String, Object> descriptor =
                pair("type", "public-key", "id", credential.id().toString());
        if (!credential.transports().isEmpty()) {
            descriptor.put("transports", credential.transports());
        }
        return descriptor;
    }
}
