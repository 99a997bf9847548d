package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second factor in a real browser, with a passkey and with a key of the first generation. */
class SecondFactorInBrowserIT {
    private static BrowserStage stage;

    private BrowserVisit visit;
    private String account;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open(RunningSample.options().withParameter("passkey.policy.second-factor", "required"));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void arrive() {
        visit = stage.visit();
        account = stage.newAccount();
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void t43_whoHasNoPasskeyBindsOneAndIsLoggedOnWhereTheyWanted() {
        logOnByPassword("secret/page");
        assertThat(visit.heading()).hasText("Bind a passkey to go on");
        visit.page().getByLabel("Passkey Name").fill("Laptop");
        visit.button("Bind").click();

        assertThat(visit.page()).hasURL(stage.address("secret/page"));
        assertThat(visit.device().passkeys()).isEqualTo(1);
    }

    @Test
    void thePasskeyFollowsThePassword() {
        bindFirst("Laptop");

        logOnByPassword("secret/page");
        assertThat(visit.heading()).hasText("One more step");
        assertThat(visit.button("Use passkey")).isFocused();
        visit.button("Use passkey").click();

        assertThat(visit.page()).hasURL(stage.address("secret/page"));
    }

    @Test
    void aKeyOfTheFirstGenerationServesBesideThePasswordAndProvesTogetherWithIt() {
        VirtualDevice key = visit.device().olderKey();
        logOnByPassword("passkey/security");
        visit.device().present(false);
        visit.page().getByText("Security key (second factor only)").click();
        visit.page().getByLabel("Passkey Name").fill("Blue key");
        visit.button("Bind").click();
        assertThat(visit.row("Blue key")).containsText("Second factor only");
        assertThat(key.passkeys()).isEqualTo(1);
        visit.button("Log off").click();
        visit.isAt("");

        logOnByPassword("passkey/security");
        visit.device().present(false);
        visit.button("Use security key").click();
        assertThat(visit.row("Blue key")).isVisible();
        visit.open("passkey/confirm");
        visit.button("Confirm with your security key").click();
        assertThat(visit.heading()).hasText("Logon Security");
    }

    @Test
    void whatANewPasskeyIsForIsChosenWhereItIsCreated() {
        logOnByPassword("passkey/security");
        visit.page().getByLabel("Passkey Name").fill("Laptop");
        visit.button("Bind").click();
        assertThat(visit.row("Laptop")).not().containsText("Second factor only");
        visit.device().present(false);
        VirtualDevice key = visit.device().olderKey();
        VirtualDevice stick = visit.device().another("usb");
        stick.present(false);

        visit.button("Create Passkey").click();
        assertThat(visit.dialog().getByLabel("Passkey Logs you on alone")).isChecked();
        visit.dialog().getByText("Security key (second factor only)").click();
        visit.dialog().getByLabel("Passkey Name").fill("Blue key");
        visit.inDialog("Bind").click();
        assertThat(visit.row("Blue key")).containsText("Second factor only");
        assertThat(key.passkeys()).isEqualTo(1);

        key.present(false);
        stick.present(true);
        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill("Red stick");
        visit.inDialog("Bind").click();
        assertThat(visit.row("Red stick")).not().containsText("Second factor only");

        assertThat(visit.page()
                        .evaluate("async () => (await (await fetch('passkeys')).json()).passkeys"
                                + ".map((one) => `${one.name}: ${one.use}`)"))
                .isEqualTo(List.of("Laptop: logon", "Blue key: second-factor", "Red stick: logon"));
    }

    @Test
    void aRecoveryCodeStandsInForAPasskeyThatIsNotAtHandOnce() {
        logOnByPassword("passkey/backup");
        visit.page().getByLabel("Passkey Name").fill("Laptop");
        visit.button("Bind").click();
        visit.button("Make new codes").click();
        String code = visit.page().locator(".codes code").first().textContent();
        visit.button("Log off").click();
        visit.isAt("");

        logOnByPassword("passkey/security");
        useCode(code);
        assertThat(visit.row("Laptop")).isVisible();
        visit.button("Log off").click();
        visit.isAt("");

        logOnByPassword("secret/page");
        useCode(code);
        assertThat(visit.heading()).hasText("One more step");
        assertThat(visit.page().getByText("This code is not right")).isVisible();
    }

    private void useCode(String code) {
        visit.page().getByLabel("Recovery code").fill(code);
        visit.button("Use code").click();
    }

    @Test
    void t50_theLastPasskeyStays() {
        bindFirst("Laptop");
        logOnByPassword("passkey/security");
        visit.button("Use passkey").click();
        visit.button("Delete Laptop").click();

        assertThat(visit.dialog()).containsText("This is your last passkey");
        assertThat(visit.inDialog("OK")).hasCount(0);
        visit.inDialog("Close").click();
        assertThat(visit.row("Laptop")).isVisible();
    }

    @Test
    void whoUsesAnotherNameBeginsAgain() {
        bindFirst("Laptop");
        logOnByPassword("secret/page");
        // Else the autofill of the logon page takes the passkey at once.
        visit.device().present(false);
        visit.button("Use another name").click();

        assertThat(visit.heading()).hasText("Log on");
        visit.open("secret/page");
        assertThat(visit.heading()).hasText("Log on");
    }

    private void bindFirst(String name) {
        logOnByPassword("passkey/security");
        visit.page().getByLabel("Passkey Name").fill(name);
        visit.button("Bind").click();
        visit.button("Log off").click();
        visit.isAt("");
    }

    private void logOnByPassword(String path) {
        visit.device().present(false);
        visit.open(path);
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);
        assertThat(visit.page()).hasURL(Pattern.compile(".*/passkey/second-factor.*"));
        visit.device().present(true);
    }
}
