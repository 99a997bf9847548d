package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Logon Security in a real browser: creating, renaming and deleting passkeys. */
class PasskeyListInBrowserIT {
    private static BrowserStage stage;

    private BrowserVisit visit;
    private String account;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open();
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
    void theFirstPasskeyIsCreatedFromTheEmptyList() {
        visit.logOn(account);
        assertThat(visit.page().getByText("No passkey yet")).isVisible();

        visit.button("Create Passkey").click();
        assertThat(visit.dialog().getByLabel("Passkey Name")).isFocused();
        visit.page().keyboard().press("Control+A");
        visit.page().keyboard().type("Work laptop");
        visit.page().keyboard().press("Enter");

        assertThat(visit.notice()).containsText("Your passkey is ready");
        assertThat(visit.row("Work laptop")).isVisible();
        assertThat(visit.page().getByText("1 of 5")).isVisible();
        assertThat(visit.device().passkeys()).isEqualTo(1);
    }

    @Test
    void aSessionThatEndsInADialogLeadsBackToItWithTheTypedName() {
        visit.continueAs(stage.bindElsewhere(account, "Phone")).open("passkey/security");
        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill("Typed before");
        visit.context().clearCookies();

        visit.inDialog("Bind").click();
        assertThat(visit.heading()).hasText("Log on");
        assertThat(visit.notice()).containsText("Your session has ended");
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);

        assertThat(visit.heading()).hasText("Logon Security");
        assertThat(visit.dialog().getByLabel("Passkey Name")).hasValue("Typed before");
    }

    @Test
    void aPasskeyIsRenamedByKeyboardAlone() {
        logOnWithPasskey("Old name");

        visit.button("Rename Old name").press("Enter");
        assertThat(visit.dialog().getByLabel("Passkey Name")).isFocused();
        visit.page().keyboard().press("Control+A");
        visit.page().keyboard().type("Élodie’s 电脑 <b>");
        visit.page().keyboard().press("Enter");

        assertThat(visit.notice()).containsText("The passkey has its new name");
        assertThat(visit.row("Élodie’s 电脑 <b>")).isVisible();
        assertThat(visit.row("Old name")).hasCount(0);
    }

    @Test
    void aNameTakenIsSaidInTheDialogAndReloadingShowsTheList() {
        visit.continueAs(stage.bindElsewhere(account, "Phone", "Laptop")).open("passkey/security");

        visit.button("Rename Laptop").click();
        visit.dialog().getByLabel("Passkey Name").fill(" PHONE ");
        visit.inDialog("Save").click();
        assertThat(visit.alert()).containsText("You already have a passkey with this name");
        assertThat(visit.dialog().getByLabel("Passkey Name")).hasValue(" PHONE ");

        visit.page().reload();
        assertThat(visit.heading()).hasText("Logon Security");
        assertThat(visit.row("Laptop")).isVisible();
    }

    @Test
    void aDeletedPasskeyLeavesTheListAndTheDevice() {
        logOnWithPasskey("Old phone");

        visit.button("Delete Old phone").click();
        assertThat(visit.dialog()).containsText("Delete \u2068Old phone\u2069?");
        assertThat(visit.dialog()).containsText("You can no longer log on with this passkey");
        assertThat(visit.inDialog("Cancel")).isFocused();
        visit.page().keyboard().press("Escape");
        assertThat(visit.dialog()).hasCount(0);
        assertThat(visit.button("Delete Old phone")).isFocused();

        visit.button("Delete Old phone").click();
        visit.inDialog("OK").click();
        assertThat(visit.notice()).containsText("The passkey is deleted");
        assertThat(visit.notice()).isFocused();
        assertThat(visit.page().getByText("No passkey yet")).isVisible();
        visit.page().waitForCondition(() -> visit.device().passkeys() == 0);
    }

    @Test
    void aNameTakenIsSaidBeforeTheDeviceAsks() {
        logOnWithPasskey("Laptop");

        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill("laptop");
        visit.inDialog("Bind").click();

        assertThat(visit.alert()).containsText("You already have a passkey with this name");
        assertThat(visit.dialog().getByLabel("Passkey Name")).isFocused();
        assertThat(visit.sent("POST passkey/passkeys")).isEqualTo(1);
    }

    @Test
    void aSecondPasskeyOnTheSameDeviceIsRefusedInPlainWords() {
        logOnWithPasskey("Laptop");

        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill("Laptop again");
        visit.inDialog("Bind").click();

        assertThat(visit.alert()).hasText("This device already has a passkey for you.");
        assertThat(visit.device().passkeys()).isEqualTo(1);
    }

    @Test
    void aSixthPasskeyIsRefusedWithTheReason() {
        visit.continueAs(stage.bindElsewhere(account, "One", "Two", "Three", "Four", "Five"))
                .open("passkey/security");

        assertThat(visit.button("Create Passkey")).isDisabled();
        assertThat(visit.page().getByText("You have the maximum of 5 passkeys. Delete one to create another."))
                .isVisible();
    }

    @Test
    void aSixthPasskeyFromAPageThatKnowsOfFourIsRefusedBeforeTheDeviceAsks() {
        SampleClient elsewhere = stage.bindElsewhere(account, "One", "Two", "Three", "Four");
        visit.continueAs(elsewhere).open("passkey/security");
        elsewhere.bind(SoftwareAuthenticator.synced(), "Five");

        visit.button("Create Passkey").click();
        visit.inDialog("Bind").click();

        assertThat(visit.alert()).hasText("You have the maximum number of passkeys. Delete one to create another.");
        assertThat(visit.device().passkeys()).isZero();
        assertThat(visit.sent("POST passkey/passkeys")).isZero();
    }

    @Test
    void whatWasDeletedInAnotherTabIsSaidToBeGone() {
        logOnWithPasskey("Laptop");
        Page other = visit.context().newPage();
        other.navigate(visit.page().url());
        other.locator("[data-passkey-opens^=delete]").click();
        other.locator("dialog[open] .danger").click();
        assertThat(other.getByText("The passkey is deleted")).isVisible();
        visit.page().bringToFront();

        visit.button("Delete Laptop").click();
        visit.inDialog("OK").click();

        assertThat(visit.page().getByText(Pattern.compile("no longer exists|is deleted")))
                .isVisible();
        assertThat(visit.page().getByText("No passkey yet")).isVisible();
    }

    /** The one passkey of the device, bound and used for this logon. */
    private void logOnWithPasskey(String name) {
        visit.bind(account, name);
        visit.open("passkey/logon");
        visit.isAt("");
        visit.open("passkey/security");
    }
}
