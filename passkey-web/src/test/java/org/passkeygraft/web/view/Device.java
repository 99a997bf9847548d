package org.passkeygraft.web.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The browser's virtual authenticator: a platform one that keeps passkeys and verifies its user. */
final class Device {
    private final CDPSession session;
    private final String id;

    Device(com.microsoft.playwright.Page page) {
        session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable", with("enableUI", false));
        JsonObject options = with("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject message = new JsonObject();
        message.add("options", options);
        id = session.send("WebAuthn.addVirtualAuthenticator", message)
                .get("authenticatorId")
                .getAsString();
    }

    /** Puts a passkey into the device; both ids as base64url. */
    Device holds(String credentialId, String userHandle) {
        JsonObject credential = with("credentialId", plain(credentialId));
        credential.addProperty("isResidentCredential", true);
        credential.addProperty("rpId", "localhost");
        credential.addProperty("privateKey", privateKey());
        credential.addProperty("userHandle", plain(userHandle));
        credential.addProperty("signCount", 1);
        JsonObject message = message();
        message.add("credential", credential);
        session.send("WebAuthn.addCredential", message);
        return this;
    }

    /** Whether its user gives the right fingerprint; if not, the browser reports what it reports for Cancel. */
    void verifies(boolean verified) {
        JsonObject message = message();
        message.addProperty("isUserVerified", verified);
        session.send("WebAuthn.setUserVerified", message);
    }

    /** Whether its user reacts at all. */
    void present(boolean present) {
        JsonObject message = message();
        message.addProperty("enabled", present);
        session.send("WebAuthn.setAutomaticPresenceSimulation", message);
    }

    int passkeys() {
        JsonArray credentials =
                session.send("WebAuthn.getCredentials", message()).getAsJsonArray("credentials");
        return credentials.size();
    }

    private JsonObject message() {
        return with("authenticatorId", id);
    }

    private static JsonObject with(String name, Object value) {
        JsonObject message = new JsonObject();
        if (value instanceof Boolean flag) {
            message.addProperty(name, flag);
        } else {
            message.addProperty(name, value.toString());
        }
        return message;
    }

    private static String plain(String base64url) {
        return Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(base64url));
    }

    private static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
