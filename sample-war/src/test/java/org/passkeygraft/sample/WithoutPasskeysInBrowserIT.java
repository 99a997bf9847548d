package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Browsers that run no script or know no passkeys, and a site whose administrator wants none. */
class WithoutPasskeysInBrowserIT {
    private static final String SECRET = "secret/page?berth=2";
    private static final String CONTROLS = "[data-passkey-logon], [data-passkey-opens=create], [data-passkey-bind]";

    private static BrowserStage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void withoutScriptThePasswordLogsOnAndTheOfferCanBePutOff() {
        try (BrowserVisit visit = withoutScript()) {
            visit.open(SECRET);
            visit.enterName(stage.newAccount());
            assertThat(withoutScriptSaid(visit)).containsText("Passkeys need JavaScript");
            assertThat(visit.button("Passkey Logon")).isHidden();
            visit.enterPassword("wrong");
            assertThat(visit.alert()).containsText("The logon was refused");
            visit.enterPassword(BrowserStage.PASSWORD);

            assertThat(visit.heading()).hasText("Bind passkey");
            assertThat(visit.page().getByLabel("Passkey Name")).isHidden();
            visit.button("Not now").click();
            visit.isAt(SECRET);
        }
    }

    @Test
    void withoutScriptPasskeysAreRenamedAndDeletedAndTheLogonEnds() {
        String account = stage.newAccount();
        try (BrowserVisit visit = withoutScript()) {
            visit.continueAs(stage.bindElsewhere(account, "Phone", "Tablet")).open("passkey/security");
            assertThat(withoutScriptSaid(visit)).containsText("Creating a passkey needs JavaScript");

            visit.button("Rename Phone").click();
            visit.dialog().getByLabel("Passkey Name").fill("tablet");
            visit.inDialog("Save").click();
            assertThat(visit.alert()).containsText("You already have a passkey with this name");
            visit.dialog().getByLabel("Passkey Name").fill("Old phone");
            visit.inDialog("Save").click();
            assertThat(visit.row("Old phone")).isVisible();

            visit.button("Delete Old phone").click();
            visit.inDialog("Cancel").click();
            visit.button("Delete Old phone").click();
            visit.inDialog("OK").click();
            assertThat(visit.notice()).containsText("The passkey is deleted");
            assertThat(visit.row("Tablet")).isVisible();
            assertThat(visit.row("Old phone")).hasCount(0);

            visit.button("Log off").click();
            assertThat(visit.open("secret/page").heading()).hasText("Log on");
        }
    }

    @Test
    void withoutScriptAConfirmationTakesThePasswordOrSaysWhatItNeeds() {
        String account = stage.newAccount();
        try (BrowserVisit visit = withoutScript()) {
            visit.logOn(account);
            visit.open("passkey/confirm?return=security");
            visit.page().getByLabel("Password").fill(BrowserStage.PASSWORD);
            visit.button("Confirm with password").click();
            assertThat(visit.heading()).hasText("Logon Security");

            visit.continueAs(stage.bindElsewhere(account, "Phone")).open("passkey/confirm?return=security");
            assertThat(withoutScriptSaid(visit)).containsText("Your passkey is needed here, which takes JavaScript.");
            assertThat(visit.page().getByLabel("Password")).hasCount(0);
        }
    }

    @Test
    void aBrowserThatKnowsNoPasskeysLogsOnByPasswordAndIsAskedForNothing() {
        try (BrowserVisit visit = stage.visit()) {
            visit.page().addInitScript("delete window.PublicKeyCredential");
            visit.open(SECRET);
            visit.enterName(stage.newAccount());
            assertThat(visit.page().getByText("Passkeys need a newer browser")).isVisible();
            assertThat(visit.button("Passkey Logon")).isHidden();
            assertThat(visit.page().getByLabel("Password")).isFocused();
            visit.enterPassword(BrowserStage.PASSWORD);
            visit.isAt(SECRET);

            visit.open("passkey/security");
            assertThat(visit.page().getByText("This browser cannot make passkeys here"))
                    .isVisible();
            assertThat(visit.button("Create Passkey")).isHidden();
            assertThat(visit.sent("POST passkey/logon/options")).isZero();
        }
    }

    @Test
    void switchedOffByAnAdministratorNoPageShowsAPasskeyControl() throws Exception {
        String account = stage.newAccount();
        try (BrowserVisit visit = stage.visit()) {
            visit.bind(account, "Laptop");
            visit.chooseMethod(account, SECRET);
            stage.sql("update passkey_policy set allowed = false");
            visit.button("Passkey Logon").click();
            assertThat(visit.alert()).hasText("Passkeys are switched off at present. Please use your password.");

            awaitOffers(0, visit);
            long asked = visit.sent("POST passkey/logon/options");
            visit.open(SECRET);
            visit.enterName(account);
            assertThat(visit.page().locator(CONTROLS)).hasCount(0);
            visit.enterPassword(BrowserStage.PASSWORD);
            visit.isAt(SECRET);

            visit.open("passkey/security");
            assertThat(visit.page().getByText("An administrator has switched passkeys off."))
                    .isVisible();
            assertThat(visit.page().locator(CONTROLS)).hasCount(0);
            assertThat(visit.row("Laptop")).isVisible();
            assertThat(visit.sent("POST passkey/logon/options")).isEqualTo(asked);
            assertThat(visit.device().passkeys()).isEqualTo(1);
        } finally {
            stage.sql("update passkey_policy set allowed = true");
        }
        try (BrowserVisit visit = withoutScript()) {
            awaitOffers(1, visit);
        }
    }

    /** A server reads the switch again when its copy is five seconds old. */
    private static void awaitOffers(int number, BrowserVisit visit) {
        visit.page().waitForCondition(() -> {
            visit.open("passkey/logon");
            return visit.page().locator("[data-passkey-autofill]").count() == number;
        });
    }

    private static Locator withoutScriptSaid(BrowserVisit visit) {
        return visit.page().locator("noscript p:visible");
    }

    private static BrowserVisit withoutScript() {
        return stage.visit(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }
}
