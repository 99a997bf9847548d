package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes in a real browser that need a fresher proof than the logon was. */
class ProofInBrowserIT {
    private static final int PROOF_MILLISECONDS = 2_000;
    private static final int MARGIN_MILLISECONDS = 200;

    private static BrowserStage stage;

    private BrowserVisit visit;
    private String account;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open(RunningSample.options()
                .withParameter("passkey.confirmation.maximum-age", PROOF_MILLISECONDS / 1_000 + "s"));
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
    void theFirstPasskeyAfterALongTimeTakesThePasswordAndKeepsTheNameTyped() {
        visit.logOn(account);
        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill("Work laptop");
        letTheProofGrowOld();
        visit.inDialog("Bind").click();

        assertThat(visit.heading()).hasText("Confirm that it is you");
        assertThat(visit.button("Confirm with a passkey")).hasCount(0);
        visit.page().getByLabel("Password").fill(BrowserStage.PASSWORD);
        visit.button("Confirm with password").click();

        assertThat(visit.dialog().getByLabel("Passkey Name")).hasValue("Work laptop");
        visit.inDialog("Bind").click();
        assertThat(visit.row("Work laptop")).isVisible();
    }

    @Test
    void anotherPasskeyAfterALongTimeTakesAPasskeyAndKeepsTheNameTyped() {
        logOnWithPasskey("Laptop");
        VirtualDevice key = visit.device().another("usb");
        letTheProofGrowOld();
        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill("Blue key");
        visit.inDialog("Bind").click();

        assertThat(visit.heading()).hasText("Confirm that it is you");
        assertThat(visit.page().getByLabel("Password")).hasCount(0);
        visit.button("Confirm with a passkey").click();

        assertThat(visit.dialog().getByLabel("Passkey Name")).hasValue("Blue key");
        visit.device().present(false);
        visit.inDialog("Bind").click();
        assertThat(visit.row("Blue key")).isVisible();
        assertThat(key.passkeys()).isEqualTo(1);
    }

    @Test
    void theOfferAfterLogonKeepsTheNameTypedToo() {
        visit.open("passkey/logon");
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);
        visit.page().getByLabel("Passkey Name").fill("Work laptop");
        letTheProofGrowOld();
        visit.button("Bind").click();
        visit.page().getByLabel("Password").fill(BrowserStage.PASSWORD);
        visit.button("Confirm with password").click();

        assertThat(visit.heading()).hasText("Bind passkey");
        assertThat(visit.page().getByLabel("Passkey Name")).hasValue("Work laptop");
    }

    @Test
    void whoCancelsTheConfirmationIsBackAtTheListWithNoDialog() {
        visit.logOn(account);
        visit.button("Create Passkey").click();
        letTheProofGrowOld();
        visit.inDialog("Bind").click();

        visit.page().getByText("Cancel").click();

        assertThat(visit.heading()).hasText("Logon Security");
        assertThat(visit.dialog()).hasCount(0);
    }

    @Test
    void aRenameAfterALongTimeKeepsTheNameTyped() {
        logOnWithPasskey("Laptop");
        letTheProofGrowOld();
        visit.button("Rename Laptop").click();
        visit.dialog().getByLabel("Passkey Name").fill("Näme & so #1");
        visit.inDialog("Save").click();
        visit.button("Confirm with a passkey").click();

        assertThat(visit.dialog().getByLabel("Passkey Name")).hasValue("Näme & so #1");
        visit.inDialog("Save").click();
        assertThat(visit.row("Näme & so #1")).isVisible();
    }

    @Test
    void aDeletionAfterALongTimeIsAskedAgainAndNotReplayed() {
        logOnWithPasskey("Laptop");
        letTheProofGrowOld();
        visit.button("Delete Laptop").click();
        visit.inDialog("OK").click();
        visit.button("Confirm with a passkey").click();

        assertThat(visit.dialog()).containsText("You can no longer log on with this passkey");
        assertThat(visit.page().getByText("1 of 5")).isAttached();
        visit.inDialog("OK").click();
        assertThat(visit.page().getByText("No passkey yet")).isVisible();
    }

    private void logOnWithPasskey(String name) {
        visit.bind(account, name);
        visit.open("passkey/logon");
        visit.isAt("");
        visit.open("passkey/security");
    }

    private void letTheProofGrowOld() {
        visit.page().waitForTimeout(PROOF_MILLISECONDS + MARGIN_MILLISECONDS);
    }
}
