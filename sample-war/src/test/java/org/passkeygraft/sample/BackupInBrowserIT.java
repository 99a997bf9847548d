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
import org.passkeygraft.testing.MailServer;

/** One-time codes in a real browser, by a real mail server: from setting the contact to the logon without the device. */
class BackupInBrowserIT {
    private static final String SEND = "Send a code to \u2068u•••@example.org\u2069";

    private static MailServer mail;
    private static BrowserStage stage;

    private BrowserVisit visit;
    private String account;

    @BeforeAll
    static void open() throws Exception {
        mail = MailServer.plain();
        stage = BrowserStage.open(RunningSample.options()
                .withParameter("passkey.policy.second-factor", "when-bound")
                .withParameter("passkey.smtp.host", "localhost")
                .withParameter("passkey.smtp.port", Integer.toString(mail.port()))
                .withParameter("passkey.smtp.tls", "none")
                .withParameter("passkey.smtp.from", "no-reply@example.org"));
    }

    @AfterAll
    static void close() {
        stage.close();
        mail.close();
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
    void aCodeByMailStandsInForAPasskeyThatIsNotAtHand() throws Exception {
        setContact();
        bindPasskey("Laptop");

        logOnByPassword("secret/page");
        assertThat(visit.heading()).hasText("One more step");
        visit.button(SEND).click();
        String code = nextCode();
        visit.page().getByLabel("Code from the message").fill(otherThan(code));
        visit.button("Use code").click();
        assertThat(visit.page().getByText("This code is not right")).isVisible();
        assertThat(visit.page().getByLabel("Code from the message")).hasAttribute("aria-describedby", "said");
        visit.page().getByLabel("Code from the message").fill(code);
        visit.button("Use code").click();

        assertThat(visit.page()).hasURL(stage.address("secret/page"));
        assertThat(mail.next().text()).contains("a backup code was used");
        visit.open("passkey/security");
        assertThat(visit.row("Laptop")).isVisible();
        visit.button("Log off").click();
        visit.isAt("");

        logOnByPassword("secret/page");
        assertThat(visit.button(SEND)).isVisible();
        assertThat(visit.page().getByLabel("Code from the message")).hasCount(0);
    }

    @Test
    void aCodeByMailAndThePasswordConfirmThatItIsThem() throws Exception {
        setContact();
        bindPasskey("Laptop");
        logOnByPassword("passkey/security");
        visit.button(SEND).click();
        visit.page().getByLabel("Code from the message").fill(nextCode());
        visit.button("Use code").click();
        assertThat(mail.next().text()).contains("a backup code was used");

        visit.open("passkey/confirm");
        visit.button(SEND).click();
        visit.page().getByLabel("Code from the message").fill(nextCode());
        visit.button("Use code").click();

        assertThat(visit.heading()).hasText("Logon Security");
    }

    /** A contact serves from the next day on; this is that day. */
    private void setContact() throws Exception {
        visit.logOn(account, "passkey/backup");
        visit.page().getByLabel("E-mail address").fill(account + "@example.org");
        visit.button("Send a code").click();
        visit.page().getByLabel("Code", exactly()).fill(nextCode());
        visit.button("Verify").click();
        assertThat(visit.notice()).containsText("Your contact is set. In 24 hours codes go there");
        assertThat(visit.page().getByText("u•••@example.org")).isVisible();
        stage.sql("update passkey_contact set usable_from = verified_at where address = ?", account + "@example.org");
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private void bindPasskey(String name) throws InterruptedException {
        visit.open("passkey/security");
        visit.button("Create Passkey").click();
        visit.dialog().getByLabel("Passkey Name").fill(name);
        visit.inDialog("Bind").click();
        assertThat(visit.row(name)).isVisible();
        assertThat(mail.next().text()).contains("a passkey was added");
        visit.button("Log off").click();
        visit.isAt("");
    }

    /** The device is left at home. */
    private void logOnByPassword(String path) {
        visit.device().present(false);
        visit.open(path);
        visit.enterName(account);
        visit.enterPassword(BrowserStage.PASSWORD);
        assertThat(visit.page()).hasURL(Pattern.compile(".*/passkey/second-factor.*"));
    }

    private static String nextCode() throws InterruptedException {
        return BackupIT.code(mail.next().text());
    }

    private static String otherThan(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }
}
