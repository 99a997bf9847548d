package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pause after a password logon in which a browser may make a passkey by itself. */
class SilentUpgradeInBrowserIT {
    private static final String SECRET = "secret/page?berth=2";
    /** Only a browser whose own password manager has just filled in the password does it: here the device does. */
    private static final String WILLING = "const create = navigator.credentials.create.bind(navigator.credentials);"
            + " navigator.credentials.create = ({ publicKey, mediation, signal }) => {"
            + " sessionStorage.setItem('mediation', mediation); return create({ publicKey, signal }); };";

    private static BrowserStage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open(RunningSample.options().withParameter("passkey.policy.silent-upgrade", "true"));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void aWillingBrowserMakesAPasskeyAndItsUserIsTold() {
        try (BrowserVisit visit = stage.visit()) {
            visit.page().addInitScript(WILLING);
            logOn(visit);

            assertThat(visit.page().locator("h1:visible")).hasText("You have a passkey now");
            assertThat(visit.page().evaluate("sessionStorage.getItem('mediation')"))
                    .isEqualTo("conditional");
            assertThat(visit.device().passkeys()).isEqualTo(1);
            link(visit, "Continue").click();
            visit.isAt(SECRET);

            visit.open("passkey/security");
            assertThat(visit.page().getByText("1 of 5")).isVisible();
            visit.open("passkey/upgrade");
            visit.isAt("");
        }
    }

    @Test
    void anUnwillingBrowserGoesOnByItselfToTheOffer() {
        try (BrowserVisit visit = stage.visit()) {
            logOn(visit);

            assertThat(visit.page().locator("h1:visible")).hasText("Bind passkey", within(10_000));
            assertThat(visit.device().passkeys()).isZero();
            visit.button("Not now").click();
            visit.isAt(SECRET);
        }
    }

    @Test
    void withoutScriptTheUserGoesOn() {
        try (BrowserVisit visit = stage.visit(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            logOn(visit);

            assertThat(visit.page().locator("h1:visible")).hasText("One moment");
            link(visit, "Continue").click();
            assertThat(visit.heading()).hasText("Bind passkey");
        }
    }

    /** The browser gives up after five seconds. */
    private static LocatorAssertions.HasTextOptions within(double milliseconds) {
        return new LocatorAssertions.HasTextOptions().setTimeout(milliseconds);
    }

    private static void logOn(BrowserVisit visit) {
        visit.device().present(false);
        visit.open(SECRET);
        visit.enterName(stage.newAccount());
        visit.device().present(true);
        visit.enterPassword(BrowserStage.PASSWORD);
    }

    private static Locator link(BrowserVisit visit, String name) {
        return visit.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
