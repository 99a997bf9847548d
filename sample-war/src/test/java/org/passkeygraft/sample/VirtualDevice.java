package org.passkeygraft.sample;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** One of the browser's virtual authenticators. It keeps passkeys and verifies its user. */
final class VirtualDevice {
    private final CDPSession session;
    private final String id;

    private VirtualDevice(CDPSession session, String id) {
        this.session = session;
        this.id = id;
    }

    /** Devices for one page; further ones come from {@link #another}. */
    static VirtualDevice builtIn(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        JsonObject noDialogs = new JsonObject();
        noDialogs.addProperty("enableUI", false);
        session.send("WebAuthn.enable", noDialogs);
        return add(session, "internal");
    }

    /** A second device of the same page, plugged in beside this one. */
    VirtualDevice another(String transport) {
        return add(session, transport);
    }

    /** An older key beside this one, which knows neither its user nor who its keys belong to. */
    VirtualDevice olderKey() {
        return add(session, "u2f", "usb", false);
    }

    private static VirtualDevice add(CDPSession session, String transport) {
        return add(session, "ctap2", transport, true);
    }

    private static VirtualDevice add(CDPSession session, String protocol, String transport, boolean verifies) {
        JsonObject options = new JsonObject();
        options.addProperty("protocol", protocol);
        options.addProperty("transport", transport);
        options.addProperty("hasResidentKey", verifies);
        options.addProperty("hasUserVerification", verifies);
        options.addProperty("isUserVerified", verifies);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject message = new JsonObject();
        message.add("options", options);
        return new VirtualDevice(
                session,
                session.send("WebAuthn.addVirtualAuthenticator", message)
                        .get("authenticatorId")
                        .getAsString());
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
        return session.send("WebAuthn.getCredentials", message())
                .getAsJsonArray("credentials")
                .size();
    }

    private JsonObject message() {
        JsonObject message = new JsonObject();
        message.addProperty("authenticatorId", id);
        return message;
    }
}
