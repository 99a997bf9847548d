package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** An application behind the module whose server knows a user that the module does not know (T-131). */
enum LifeCycleSite {
    FORM(Door.FORM_LOGON),
    BASIC("<login-config><auth-method>BASIC</auth-method><realm-name>contract</realm-name></login-config>\n"),
    NONE("");

    /** The user whom only the realm of the server knows; the password is the name. */
    static final String STRANGER = "realm-only";

    private final String logon;

    LifeCycleSite(String logon) {
        this.logon = logon;
    }

    String contextPath() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    /** The application before anything is grafted on. */
    WarBuilder plain(Path directory) {
        return ContractServer.application(directory, Door.CONSTRAINTS + logon);
    }

    WarBuilder grafted(Path directory, ContractDatabase database) {
        return plain(directory).graft(settings(database));
    }

    Map<String, String> settings(ContractDatabase database) {
        return new TreeMap<>(Map.of(
                "passkey.rp.name", "Life",
                "passkey.store.url", database.url("store_" + name()),
                "passkey.accounts.url", database.url("accounts"),
                "passkey.accounts.sql.by-name",
                        "select name as account_name, password_hash, not locked as usable from app_user where name = :name",
                "passkey.accounts.sql.groups", "select role from app_user_role where name = :name",
                "passkey.throttle.enabled", "false",
                "passkey.policy.offer-to-bind", "false"));
    }

    DoorBrowser browser(RunningServer server) {
        return new DoorBrowser(server.uri(contextPath()));
    }

    /** Logs alice on, as the module does it. */
    static void logOn(DoorBrowser browser) {
        assertThat(browser.logOn("alice", "alice").status()).isEqualTo(303);
        assertIsAlice(browser);
    }

    static void assertIsAlice(ScreenlessBrowser browser) {
        assertThat(browser.visit("secret/caller").body()).startsWith("caller=alice ");
    }

    /** The module decides: it sends strangers to its own page, and lets in whom it knows. */
    void assertProtected(RunningServer server) {
        assertThat(browser(server).visit("secret/caller").location()).contains("/passkey/logon?to=");
        assertStrangerStaysOut(server);
        logOn(browser(server));
    }

    /** Whoever only the server knows gets in nowhere: not by FORM, not by BASIC. */
    void assertStrangerStaysOut(RunningServer server) {
        DoorBrowser form = browser(server);
        form.visit("secret/caller");
        form.submit("j_security_check", Map.of("j_username", STRANGER, "j_password", STRANGER));
        assertThat(form.visit("secret/caller").body()).doesNotContain("caller=");
        assertThat(form.visit("public/caller").body()).doesNotContain(STRANGER);
        assertThat(withHeader(browser(server), "secret/caller").body()).doesNotContain("caller=");
    }

    static Answer withHeader(ScreenlessBrowser browser, String path) {
        String credentials =
                Base64.getEncoder().encodeToString((STRANGER + ":" + STRANGER).getBytes(StandardCharsets.UTF_8));
        return browser.send(browser.request(path).header("Authorization", "Basic " + credentials));
    }
}
