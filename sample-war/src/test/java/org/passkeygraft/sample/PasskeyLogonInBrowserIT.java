package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logging on and off in a real browser, with a device that keeps passkeys. */
class PasskeyLogonInBrowserIT {
    private static final String SECRET = "secret/page?berth=2&ship=%C3%89toile";

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
    void theFirstLogonOffersAPasskeyThatLogsOnTheNextTime() {
        visit.open(SECRET);
        assertThat(visit.page().getByLabel("User name")).isFocused();
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);

        assertThat(visit.heading()).hasText("Bind passkey");
        assertThat(visit.page().getByLabel("Passkey Name")).hasValue("Chrome on Linux");
        visit.button("Bind").click();
        assertThat(visit.notice()).containsText("Your passkey is ready");
        assertThat(visit.row("Chrome on Linux")).containsText("Never");
        assertThat(visit.device().passkeys()).isEqualTo(1);

        visit.button("Log off").click();
        visit.chooseMethod(account, SECRET);
        assertThat(visit.button("Passkey Logon")).isFocused();
        visit.button("Passkey Logon").click();
        visit.isAt(SECRET);
        assertThat(visit.page().locator("#caller")).hasText(account);
        assertThat(visit.open("passkey/security").row("Chrome on Linux")).not().containsText("Never");
    }

    @Test
    void autofillLogsOnWithoutATypedNameAndReturnsToThePageAskedFor() {
        visit.bind(account, "Mine");

        visit.open(SECRET);

        visit.isAt(SECRET);
        assertThat(visit.page().locator("#caller")).hasText(account);
    }

    @Test
    void aBindingPutOffLeadsToThePageAskedForAndIsNotOfferedAgain() {
        visit.open(SECRET);
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);
        visit.button("Not now").click();
        visit.isAt(SECRET);

        visit.open("logout").open(SECRET);
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);
        visit.isAt(SECRET);
    }

    @Test
    void whoCancelsThePromptCanUseThePassword() {
        visit.bind(account, "Mine");
        visit.chooseMethod(account, SECRET);
        visit.device().verifies(false);

        visit.button("Passkey Logon").click();
        assertThat(visit.alert()).hasText("Passkey was not used. You can try again, or use your password.");
        assertThat(visit.button("Passkey Logon")).isFocused();
        visit.enterPassword(BrowserStage.PASSWORD);

        visit.isAt(SECRET);
    }

    @Test
    void aPasskeyOfAnotherAccountNeverLogsOnInItsPlace() {
        visit.bind(account, "Mine");
        String typed = stage.newAccount();
        visit.chooseMethod(typed, SECRET);

        visit.button("Passkey Logon").click();

        assertThat(visit.alert()).containsText("belongs to another user name than the one you entered");
        assertThat(visit.device().passkeys()).isEqualTo(1);
        visit.enterPassword(BrowserStage.PASSWORD);
        visit.button("Not now").click();
        assertThat(visit.page().locator("#caller")).hasText(typed);
    }

    @Test
    void aPasskeyDeletedMeanwhileIsForgottenByItsDevice() throws Exception {
        visit.bind(account, "Mine");
        stage.sql("""
                delete from passkey_credential
                 where owner_handle = (select handle from passkey_user where account_name = ?)
                """, account);
        visit.chooseMethod(account, SECRET);

        visit.button("Passkey Logon").click();

        assertThat(visit.alert()).containsText("This passkey is no longer known here");
        assertThat(visit.device().passkeys()).isZero();
        visit.enterPassword(BrowserStage.PASSWORD);
        assertThat(visit.heading()).hasText("Bind passkey");
    }

    @Test
    void anyOfSeveralPasskeysLogsOn() {
        visit.bind(account, "Laptop");
        visit.open("passkey/logon");
        visit.isAt("");
        VirtualDevice key = visit.device().another("usb");
        visit.open("passkey/security").button("Create Passkey").click();
        visit.device().present(false);
        visit.dialog().getByLabel("Passkey Name").fill("Key");
        visit.inDialog("Bind").click();
        assertThat(visit.row("Key")).isVisible();
        assertThat(List.of(visit.device().passkeys(), key.passkeys())).containsExactly(1, 1);

        for (VirtualDevice used : List.of(visit.device(), key)) {
            visit.open("logout");
            visit.device().present(false);
            key.present(false);
            visit.open("passkey/logon");
            visit.enterName(account);
            used.present(true);
            visit.button("Passkey Logon").click();
            visit.isAt("");
        }
        assertThat(visit.open("passkey/security").row("Key")).not().containsText("Never");
        assertThat(visit.row("Laptop")).not().containsText("Never");
    }

    @Test
    void aDoubleClickIsOneCeremony() {
        visit.bind(account, "Mine");
        visit.chooseMethod(account, SECRET);
        long before = visit.sent("POST passkey/logon/options");

        visit.button("Passkey Logon").dblclick();

        visit.isAt(SECRET);
        assertThat(visit.sent("POST passkey/logon/options")).isEqualTo(before + 1);
    }

    @Test
    void theWayBackAfterALogonIsNotADeadEnd() {
        visit.bind(account, "Mine");
        visit.open("public/page");
        visit.chooseMethod(account, SECRET);
        visit.button("Passkey Logon").click();
        visit.isAt(SECRET);

        visit.page().evaluate("history.back()");
        visit.isAt(SECRET);
        visit.page().evaluate("history.back()");
        assertThat(visit.heading()).hasText("Tides");
    }

    @Test
    void theWayBackAfterAPasswordLogonIsNotADeadEndEither() {
        visit.open("public/page").open(SECRET);
        visit.enterName(account);
        visit.enterPassword("wrong");
        assertThat(visit.alert()).containsText("The logon was refused");
        visit.enterPassword(BrowserStage.PASSWORD);
        visit.button("Not now").click();
        visit.isAt(SECRET);

        visit.page().evaluate("history.back()");
        assertThat(visit.heading()).hasText("Bind passkey");
        visit.page().evaluate("history.back()");
        visit.isAt(SECRET);
    }

    @Test
    void reloadingTheSecondStepAsksForNoFormAgain() {
        visit.open(SECRET);
        visit.enterName(account);

        visit.page().reload();

        assertThat(visit.heading()).hasText("Choose how to log on");
        visit.enterPassword(BrowserStage.PASSWORD);
        visit.button("Not now").click();
        visit.isAt(SECRET);
    }

    @Test
    void t113_fiveTabsThatOfferAutofillDoNotDisturbALogonInTheFirst() {
        visit.bind(account, "Mine");
        visit.device().present(false);
        visit.open(SECRET);
        List<Page> tabs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Page tab = visit.context().newPage();
            VirtualDevice.builtIn(tab).present(false);
            tab.navigate(visit.page().url());
            tabs.add(tab);
        }
        visit.page().waitForCondition(() -> visit.sent("POST passkey/logon/options") >= 5);

        visit.page().bringToFront();
        visit.enterName(account);
        visit.device().present(true);
        visit.button("Passkey Logon").click();
        visit.isAt(SECRET);

        Page other = tabs.get(3);
        other.bringToFront();
        other.getByLabel("User name").fill(account);
        other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Next"))
                .click();
        assertThat(other.locator("#caller")).hasText(account);
    }

    @Test
    void loggingOffEndsTheLogonHereAndThere() {
        visit.logOn(account);
        visit.button("Log off").click();
        visit.isAt("");
        assertThat(visit.open("secret/page").heading()).hasText("Log on");

        visit.logOn(account, "secret/page");
        visit.page().getByText("Log out").click();
        visit.isAt("");
        assertThat(visit.open("secret/page").heading()).hasText("Log on");
    }

    @Test
    void aLockedAccountIsRefusedInTheWordsOfAnyRefusal() throws Exception {
        visit.bind(account, "Mine");
        stage.sql("update app_user set locked = true where name = ?", account);
        visit.chooseMethod(account, SECRET);

        visit.button("Passkey Logon").click();
        assertThat(visit.alert())
                .hasText("This passkey was not accepted. Please use your password, or ask your administrator.");
        assertThat(visit.device().passkeys()).isEqualTo(1);
        visit.enterPassword(BrowserStage.PASSWORD);
        assertThat(visit.alert()).hasText("The logon was refused. Please check what you entered and try again.");
        assertThat(visit.page().getByLabel("Password")).isFocused();
    }
}
