package org.passkeygraft.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.passkeygraft.Account;
import org.passkeygraft.engine.AdministeredUser;
import org.passkeygraft.engine.FoundUsers;

/** Users as data, for administrators. */
final class UserJson {
    private UserJson() {}

    static Map<String, Object> of(FoundUsers found) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("users", found.users().stream().map(UserJson::of).toList());
        body.put("more", found.more());
        body.put("neverSeen", found.neverSeen().map(Account::name).orElse(null));
        return body;
    }

    private static Map<String, Object> of(FoundUsers.User user) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", user.handle().toString());
        body.put("name", user.account().name());
        body.put("passkeys", user.passkeys());
        body.put("lastUsedAt", user.lastUsedAt());
        body.put("quarantined", user.quarantined());
        return body;
    }

    static Map<String, Object> of(AdministeredUser user) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", user.handle().toString());
        body.put("name", user.account().name());
        body.put("account", user.standing().name().toLowerCase(Locale.ROOT));
        body.put("administrator", user.administrator());
        body.put("needsTwo", user.needsTwo());
        body.put("quarantined", user.quarantined());
        body.put("passkeys", PasskeyJson.of(user.passkeys()));
        body.put("resetRequest", user.pendingRequest().map(UserJson::of).orElse(null));
        return body;
    }

    private static Map<String, Object> of(AdministeredUser.ResetRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", request.id());
        body.put("by", request.by());
        body.put("expiresAt", request.expiresAt());
        return body;
    }
}
