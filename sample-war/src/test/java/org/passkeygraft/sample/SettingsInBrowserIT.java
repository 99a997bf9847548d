package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** The administrator's settings in a real browser, whose proof lasts for seconds. */
class SettingsInBrowserIT {
    private static final int PROOF_MILLISECONDS = 6_000;

    private static BrowserStage stage;

    private BrowserVisit visit;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open(RunningSample.options()
                .withParameter("passkey.policy.logon-suffix", "corp")
                .withParameter("passkey.policy.custom-logon-suffixes", "branch.example")
                .withParameter("passkey.confirmation.maximum-age", PROOF_MILLISECONDS / 1_000 + "s"));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void arrive() {
        visit = stage.visit();
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void t38_passkeysSwitchedOffWhileCeremoniesAreOpenAreOffAtTheirEnd() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        String account = stage.newAccount();
        SampleClient owner = stage.bindElsewhere(account, Map.of("Phone", device));
        SampleClient visitor = stage.newClient();
        String logon = visitor.assertion(device, visitor.options("logon").body());
        String binding = owner.registration(
                SoftwareAuthenticator.synced(), owner.bindingOptions("Other").body());

        logOnAsAdministrator(visit);
        visit.page().getByText("Modify").click();
        assertThat(visit.dialog()).containsText("Global Security");
        assertThat(visit.page().getByLabel("I understand")).isHidden();
        visit.page().getByLabel("Allow users to login with passkey").uncheck();
        visit.inDialog("Save").click();
        assertThat(visit.alert()).containsText("Users rely on their passkeys");
        assertThat(visit.dialog()).containsText("Users who have passkeys:");
        visit.page().getByLabel("I understand").check();
        visit.inDialog("Save").click();
        assertThat(visit.notice()).containsText("The settings are changed");

        Answer loggedOn = visitor.post("passkey/logon/assertion", logon);
        Answer bound = owner.post("passkey/passkeys", binding);
        assertThat(loggedOn.code()).isEqualTo("passkeys-off");
        assertThat(bound.code()).isEqualTo("passkeys-off");
        assertThat(owner.fetch("passkey/passkeys").body()).contains("Phone").doesNotContain("Other");

        letTheProofGrowOld();
        visit.page().getByText("Modify").click();
        confirm(visit);
        visit.page().getByLabel("Allow users to login with passkey").check();
        visit.inDialog("Save").click();
        assertThat(visit.notice()).containsText("The settings are changed");
        assertThat(stage.newClient().logOn(device).status()).isEqualTo(200);
    }

    @Test
    void whatWasFilledInSurvivesAConfirmationThatIsAskedForMeanwhile() {
        logOnAsAdministrator(visit);
        visit.page().getByText("Modify").click();
        visit.page().getByLabel("Maximum of passkeys for a user").fill("8");
        visit.page().getByLabel("Offer to bind").uncheck();
        letTheProofGrowOld();
        visit.inDialog("Save").click();
        confirm(visit);

        assertThat(visit.page().getByLabel("Maximum of passkeys for a user")).hasValue("8");
        assertThat(visit.page().getByLabel("Offer to bind")).not().isChecked();
        visit.page().getByLabel("Offer to bind").check();
        visit.inDialog("Save").click();
        assertThat(visit.notice()).containsText("The settings are changed");
        assertThat(visit.page().locator(".settings")).containsText("8");

        visit.page().getByText("Modify").click();
        assertThat(visit.page().getByLabel("Maximum of passkeys for a user")).hasValue("8");
        visit.page().keyboard().press("Escape");
        assertThat(visit.page().getByText("Modify")).isFocused();
        visit.isAt("passkey/admin");
    }

    @Test
    void everyFormOfANameLogsTheSameUserOnByPasswordAndByPasskey() {
        String account = stage.newAccount();
        visit.bind(account, "Laptop");
        for (String form : List.of(account, account + "@corp", account + "@Branch.Example")) {
            visit.chooseMethod(form, "passkey/logon");
            visit.button("Passkey Logon").click();
            visit.isAt("");
            assertThat(visit.page().locator("body")).containsText(account);
            visit.open("passkey/security");
            assertThat(visit.row("Laptop")).isVisible();
            visit.button("Log off").click();
            visit.isAt("");

            visit.chooseMethod(form, "passkey/logon");
            visit.enterPassword(BrowserStage.PASSWORD);
            visit.isAt("");
            visit.open("passkey/security");
            assertThat(visit.row("Laptop")).isVisible();
            visit.button("Log off").click();
            visit.isAt("");
        }
    }

    @Test
    void theSettingsAreChangedWithoutScriptToo() {
        try (BrowserVisit plain = stage.visit(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            logOnAsAdministrator(plain);
            plain.page().getByText("Modify").click();
            plain.page().getByLabel("Maximum of passkeys for a user").fill("0");
            plain.inDialog("Save").click();
            assertThat(plain.alert()).containsText("whole number from 1 to 100");
            plain.page().getByLabel("Maximum of passkeys for a user").fill("6");
            plain.inDialog("Save").click();
            assertThat(plain.notice()).containsText("The settings are changed");
        }
    }

    private static void logOnAsAdministrator(BrowserVisit visit) {
        visit.open("passkey/logon?to=");
        visit.enterName("alice");
        visit.enterPassword("alice");
        visit.page().waitForURL("**/passkey/bind");
        visit.open("passkey/security");
        visit.page().getByText("Administration").click();
        assertThat(visit.heading()).hasText("Settings");
    }

    private static void confirm(BrowserVisit visit) {
        assertThat(visit.heading()).hasText("Confirm that it is you");
        visit.page().getByLabel("Password").fill("alice");
        visit.button("Confirm with password").click();
        assertThat(visit.dialog()).containsText("Global Security");
    }

    private void letTheProofGrowOld() {
        visit.page().waitForTimeout(PROOF_MILLISECONDS + 200);
    }
}
