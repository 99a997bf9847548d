package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.options.WaitUntilState.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page that a form leads to can be reloaded, left by Back and found again by Forward; nothing is sent again. */
class ReloadInBrowserIT {
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
    void keepsTheNameOnTheSecondStepOfTheLogon() {
        visit.chooseMethod(account, "passkey/logon");
        assertThat(visit.page().url()).doesNotContain(account);

        assertReloadable();

        assertThat(visit.page().getByText(account, new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        visit.enterPassword(BrowserStage.PASSWORD);
        assertThat(visit.heading()).hasText("Bind passkey");
    }

    @Test
    void sendsNoPasswordAgainAfterARefusal() {
        visit.chooseMethod(account, "passkey/logon");
        visit.enterPassword("wrong");
        assertThat(visit.alert()).isVisible();

        assertReloadable();

        assertThat(visit.page().getByLabel("Password")).isVisible();
        assertThat(visit.sent("POST passkey/logon/password")).isEqualTo(1);
    }

    @Test
    void showsRecoveryCodesOnceAndAsksBeforeReplacingThem() {
        visit.continueAs(stage.bindElsewhere(account, "Laptop")).open("passkey/backup");
        visit.button("Make new codes").click();
        assertThat(codes()).hasCount(10);
        List<String> first = codes().allTextContents();

        assertReloadable();
        assertThat(codes()).hasCount(0);
        assertThat(visit.page().getByText("Recovery codes left: 10")).isVisible();
        assertThat(visit.sent("POST passkey/backup/recovery-codes")).isEqualTo(1);

        visit.button("Make new codes").click();
        assertThat(visit.dialog()).containsText("Replace your recovery codes?");
        assertReloadable();
        assertThat(visit.dialog()).hasCount(0);

        visit.button("Make new codes").click();
        visit.inDialog("Replace them").click();
        assertThat(codes()).hasCount(10);
        assertThat(codes().allTextContents()).doesNotContainAnyElementsOf(first);
        assertReloadable();
    }

    @Test
    void sendsNoRefusedNameAgain() {
        visit.continueAs(stage.bindElsewhere(account, "Laptop", "Phone")).open("passkey/security");
        visit.row("Laptop")
                .getByText("Rename", new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
        visit.dialog().getByLabel("Passkey Name").fill("Phone");
        visit.inDialog("Save").click();
        assertThat(visit.alert()).containsText("already have a passkey with this name");

        assertReloadable();
        assertThat(visit.row("Laptop")).isVisible();
    }

    @Test
    void sendsNoRefusedConfirmationAgain() {
        visit.logOn(account, "passkey/confirm");
        visit.page().getByLabel("Password").fill("wrong");
        visit.button("Confirm with password").click();
        assertThat(visit.alert()).isVisible();

        assertReloadable();
        assertThat(visit.heading()).hasText("Confirm that it is you");
    }

    @Test
    void showsAResetLinkOnceAndSendsNoRefusedSettingsAgain() {
        stage.bindElsewhere(account, "Lost phone");
        visit.open("passkey/logon");
        visit.enterName("alice");
        visit.enterPassword("alice");
        visit.page().waitForURL(url -> !url.contains("/passkey/logon"));
        visit.open("passkey/admin/users?q=" + account);
        visit.page().getByText(account).first().click();
        visit.button("Reset").click();
        visit.inDialog("Give a pass").click();
        assertThat(visit.page().getByLabel("Link")).isVisible();
        assertReloadable();
        assertThat(visit.page().getByLabel("Link")).hasCount(0);

        visit.open("passkey/admin?modify");
        visit.page().getByLabel("Maximum of passkeys for a user").fill("0");
        visit.inDialog("Save").click();
        assertThat(visit.alert().first()).isVisible();
        assertReloadable();
        assertThat(visit.heading()).hasText("Settings");
    }

    private Locator codes() {
        return visit.page().locator(".codes li");
    }

    private void assertReloadable() {
        long sent = visit.formsSent();
        assertFound(visit.page().reload());
        String address = visit.page().url();
        assertFound(visit.page().goBack(new Page.GoBackOptions().setWaitUntil(COMMIT)));
        assertFound(visit.page().goForward(new Page.GoForwardOptions().setWaitUntil(COMMIT)));
        assertThat(visit.page().url()).isEqualTo(address);
        assertThat(visit.formsSent()).as("forms sent").isEqualTo(sent);
    }

    /** A page that the browser kept whole comes without a response, and without the event "load". */
    private void assertFound(Response response) {
        assertThat(response == null ? 200 : response.status()).isEqualTo(200);
        assertThat(visit.page().url()).startsWith("http");
        assertThat(visit.heading()).isVisible();
    }
}
