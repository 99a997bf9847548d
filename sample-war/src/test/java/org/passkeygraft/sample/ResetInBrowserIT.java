package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An administrator and a user in front of two real browsers. */
class ResetInBrowserIT {
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
    void aUserWhoLostTheDeviceBindsAnewWithTheAdministratorsPass() {
        String account = stage.newAccount();
        stage.bindElsewhere(account, "Lost phone");
        String link;
        try (BrowserVisit administrator = administrator()) {
            openUser(administrator, account);
            assertThat(administrator.row("Lost phone")).isVisible();
            administrator.button("Reset").click();
            assertThat(administrator.dialog()).containsText("Give");
            administrator.inDialog("Give a pass").click();
            link = administrator.page().getByLabel("Link").inputValue();
            assertThat(administrator.page()).not().hasURL(Pattern.compile(".*reset$"));
            administrator.page().reload();
            assertThat(administrator.page().getByLabel("Link")).hasCount(0);
        }
        try (BrowserVisit user = stage.visit()) {
            user.page().navigate(link);
            user.isAt("passkey/reset");
            user.page().getByLabel("Password").fill("wrong");
            user.button("Continue").click();
            assertThat(user.alert()).containsText("That was refused");
            user.page().getByLabel("Password").fill(BrowserStage.PASSWORD);
            user.button("Continue").click();
            user.page().getByLabel("Passkey Name").fill("New phone");
            user.button("Bind").click();
            assertThat(user.heading()).hasText("Your new passkey is ready");
            assertThat(user.device().passkeys()).isEqualTo(1);

            user.open("passkey/logon");
            user.isAt("");
            user.open("passkey/security");
            assertThat(user.row("New phone")).isVisible();
            assertThat(user.row("Lost phone")).hasCount(0);
        }
    }

    @Test
    void whoseOnlyPasskeyIsRevokedWhileTheListIsOpenIsToldAtTheNextClick() {
        String account = stage.newAccount();
        try (BrowserVisit user = stage.visit();
                BrowserVisit administrator = administrator()) {
            user.continueAs(stage.bindElsewhere(account, "Phone")).open("passkey/security");
            assertThat(user.row("Phone")).isVisible();

            openUser(administrator, account);
            administrator.button("Revoke Phone").click();
            administrator.inDialog("Revoke").click();
            assertThat(administrator.notice()).hasText("The passkey is revoked.");
            assertThat(administrator.page().getByText("This user has no passkey."))
                    .isVisible();

            user.button("Delete Phone").click();
            user.inDialog("OK").click();
            assertThat(user.heading()).hasText("Log on");
        }
    }

    /** The search, as a person does it. */
    private static void openUser(BrowserVisit administrator, String account) {
        administrator.open("passkey/admin/users");
        administrator.page().getByLabel("Find a user").fill(account);
        administrator.button("Search").click();
        administrator
                .page()
                .getByText(account, new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(administrator.heading()).hasText(account);
    }

    private static BrowserVisit administrator() {
        BrowserVisit administrator = stage.visit();
        administrator.open("passkey/logon");
        administrator.enterName("alice");
        administrator.enterPassword("alice");
        administrator.page().waitForURL(Pattern.compile(".*/sample/(passkey/bind)?$"));
        return administrator;
    }
}
