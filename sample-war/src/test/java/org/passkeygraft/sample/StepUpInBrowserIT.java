package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P5 in a real browser, behind the container's own constraints: a place of the application that asks for a fresh proof. */
class StepUpInBrowserIT {
    private static final int PROOF_MILLISECONDS = 2_000;
    private static final int MARGIN_MILLISECONDS = 200;

    private static BrowserStage stage;

    private BrowserVisit visit;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open(RunningSample.options()
                .withParameter("passkey.protect.1.pattern", "/secret/*")
                .withParameter("passkey.protect.1.confirmation", PROOF_MILLISECONDS / 1_000 + "s")
                .withParameter("passkey.protect.2.pattern", "/api/*")
                .withParameter("passkey.protect.2.second-factor", "required"));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void arrive() {
        visit = stage.visit();
        visit.bind(stage.newAccount(), "Laptop");
        visit.open("passkey/logon");
        visit.isAt("");
        visit.open("public/page");
        visit.page().waitForTimeout(PROOF_MILLISECONDS + MARGIN_MILLISECONDS);
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void aPageAfterALongTimeTakesAPasskeyAndComesBack() {
        visit.open("secret/page?tab=2");
        assertThat(visit.heading()).hasText("Confirm that it is you");
        assertThat(visit.notice()).hasCount(0);
        assertThat(visit.page().getByLabel("Password")).hasCount(0);

        visit.button("Confirm with a passkey").click();

        visit.isAt("secret/page?tab=2");
        assertThat(visit.page().getByText("for our staff only")).isVisible();
    }

    @Test
    void aPageThatWantsMoreThanAPasswordLeadsThroughTheBindingBackToItself() {
        beSomebodyWithoutPasskeys();
        visit.device().present(false);
        visit.logOn(stage.newAccount(), "api/me");
        visit.device().present(true);
        assertThat(visit.heading()).hasText("Bind passkey");
        assertThat(visit.page().locator(".lead")).containsText("wants more than a password");
        assertThat(visit.button("Not now")).hasCount(0);

        visit.button("Bind").click();

        visit.button("Confirm with a passkey").click();
        visit.isAt("api/me");
        assertThat(visit.page().locator("body")).containsText("user");
    }

    private void beSomebodyWithoutPasskeys() {
        visit.context().clearCookies();
    }

    @Test
    void aBrowserWithoutPasskeysIsToldSoWhereOneIsDemandedAndNotSentInACircle() {
        beSomebodyWithoutPasskeys();
        visit.page().addInitScript("delete window.PublicKeyCredential");
        visit.logOn(stage.newAccount(), "api/me");

        assertThat(visit.heading()).hasText("Bind passkey");
        assertThat(visit.notice()).containsText("This browser cannot make passkeys here");
        visit.page().getByText("Cancel").click();
        assertThat(visit.heading()).hasText("Logon Security");
    }

    @Test
    void aFormAfterALongTimeIsExplainedAndItsPageComesBack() {
        visit.page().evaluate("""
                () => {
                  const form = document.createElement('form');
                  form.method = 'post';
                  form.action = '/sample/secret/page';
                  document.body.append(form);
                  form.submit();
                }""");
        assertThat(visit.notice()).containsText("What you sent was not kept");

        visit.button("Confirm with a passkey").click();

        visit.isAt("public/page");
        visit.open("secret/page");
        assertThat(visit.page().getByText("for our staff only")).isVisible();
    }
}
