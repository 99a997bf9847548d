package org.passkeygraft.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks where a page that says what went wrong, or was done, puts the focus, and how it looks. */
class FocusIT {
    private static final String FOCUSED = "document.activeElement.id || document.activeElement.tagName";

    private static PageServer server;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        server = new PageServer();
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "name-missing, username",
        "method-refused, password",
        "method-throttled, said",
        "second-factor-password, password",
        "second-factor-code-refused, code",
        "second-factor-throttled, said",
        "confirm-code-refused, code",
        "confirm-not-allowed, said",
        "backup-refused, code",
        "backup-contact-refused, contact",
        "backup-unavailable, said",
        "reset-refused, password",
        "security-alert, said",
        "security-rename-refused, new-name-*",
        "settings-refused, field-choice",
        "settings-stale, said",
        "user-alert, said",
    })
    void theFocusIsInTheRefusedFieldOrOnTheRefusal(String name, String focused) {
        for (boolean script : new boolean[] {true, false}) {
            // In a dialog without script, the browser's own focus has to do.
            if (script || !name.startsWith("settings-refused")) {
                assertThat(ask(name, script, FOCUSED))
                        .as("%s, script %s", name, script)
                        .asString()
                        .matches(focused.replace("*", "[A-Za-z0-9_-]+"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name-notice", "bind-demanded", "confirm-unsent", "user-requested", "security-off"})
    void anExplanationDoesNotWearTheTickOfSuccess(String name) {
        assertThat(ask(name, true, icon())).asString().contains("info.svg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"security-one", "security-full", "backup", "settings-changed"})
    void whatWasDoneWearsTheTickOfSuccess(String name) {
        assertThat(ask(name, true, icon())).asString().contains("done.svg");
    }

    @ParameterizedTest
    @CsvSource({
        "backup-contact-refused, email, Mobile number or e-mail address, mobile number",
        "backup-mail-refused, email, E-mail address, name@example.com",
        "backup-phone-refused, tel, Mobile number, +49",
    })
    void theContactFieldNamesOnlyWhatCanBeReached(String name, String purpose, String label, String remedy) {
        String field = "document.getElementById('contact').";
        assertThat(ask(name, true, field + "autocomplete")).isEqualTo(purpose);
        assertThat(ask(name, true, field + "inputMode")).isEqualTo(purpose);
        assertThat(ask(name, true, field + "labels[0].textContent")).isEqualTo(label);
        assertThat(ask(name, true, "document.getElementById('said').textContent"))
                .asString()
                .contains(remedy);
        String text =
                ask(name, true, "document.querySelector('main').textContent").toString();
        if (name.equals("backup-mail-refused")) {
            assertThat(text).doesNotContain("obile number", "begins with +");
        }
        if (name.equals("backup-phone-refused")) {
            assertThat(text).doesNotContain("mail address", "@example");
        }
    }

    @Test
    void aRefusedPasskeyDoesNotBlameWhatWasEntered() {
        Texts texts = Texts.preferred(java.util.List.of());
        assertThat(texts.forScript().get("error.logon.authentication-failed"))
                .startsWith("This passkey was not accepted")
                .doesNotContain("entered");
    }

    private static String icon() {
        return "getComputedStyle(document.querySelector('.said.notice:not([hidden])'), '::before').webkitMaskImage";
    }

    private static Object ask(String name, boolean script, String expression) {
        try (BrowserContext context =
                chromium.browser().newContext(new NewContextOptions().setJavaScriptEnabled(script))) {
            Page page = context.newPage();
            page.route("**/logon/options", route -> route.abort());
            page.navigate(server.address("localhost") + "/sample/" + name);
            return page.evaluate(expression);
        }
    }
}
