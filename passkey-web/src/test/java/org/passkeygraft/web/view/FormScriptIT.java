package org.passkeygraft.web.view;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script does to a login form of the application's own, above all where a ticket takes the password's place. */
class FormScriptIT {
    private static final String TICKET = "{\"username\":\"alice@example.com\",\"ticket\":\"pkt1.abc\"}";
    private static final String TRAPS =
            "<input type=hidden name=csrf value=t0ken><input type=hidden name=action value=x>"
                    + "<input type=hidden name=elements value=x><input type=checkbox name=stay checked><input name=submit type=submit>";

    private static PageServer server;
    private static Chromium chromium;

    private BrowserContext context;
    private Page page;
    private FakeServer fake;
    private Device device;
    private final List<String> posted = new ArrayList<>();
    private final List<String> defects = new ArrayList<>();

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

    @BeforeEach
    void visit() {
        context = chromium.browser().newContext();
        page = context.newPage();
        page.setDefaultTimeout(10_000);
        page.onPageError(defects::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                defects.add(message.text());
            }
        });
        fake = new FakeServer(context);
        fake.answers("ticket", 200, TICKET).answers("logon/assertion", 200, "{\"location\":\"/shop/secret\"}");
        device = new Device(page);
        device.holds("cGFzc2tleS1vbmU", "dXNlci1oYW5kbGU");
        context.route("**/shop/j_security_check", route -> {
            posted.add(route.request().postData());
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody("<!DOCTYPE html><title>There</title><link rel=icon href=data:,>"));
        });
    }

    @AfterEach
    void leave() {
        // The page first: a request of it that is still being answered needs its context.
        page.close();
        context.close();
        assertThat(defects).isEmpty();
    }

    @Test
    void aTicketIsSentInPlaceOfThePasswordWithEverythingElseThatTheFormHas() {
        showWaiting(form(FormScript.Mode.TICKET));
        page.locator("[name=j_password]").fill("half a passw");

        button().click();

        assertThat(page).hasTitle("There");
        assertThat(posted)
                .containsExactly(
                        "csrf=t0ken&action=x&elements=x&stay=on&j_username=alice%40example.com&j_password=pkt1.abc");
        assertThat(fake.asked("logon/assertion")).isEmpty();
    }

    @Test
    void autofillBringsATicketToo() {
        show(form(FormScript.Mode.TICKET));

        assertThat(page).hasTitle("There");
        assertThat(posted.get(0)).endsWith("j_username=alice%40example.com&j_password=pkt1.abc");
        assertThat(fake.asked("logon/options").get(0).body().size()).isZero();
    }

    @Test
    void theNameThatWasTypedGoesWithTheCeremony() {
        showWaiting(form(FormScript.Mode.SESSION));
        page.locator("[name=j_username]").fill(" bob ");

        button().click();

        assertThat(page).hasURL(Pattern.compile("/shop/secret$"));
        List<FakeServer.Asked> asked = fake.asked("logon/options");
        assertThat(asked.get(asked.size() - 1).body().get("username").getAsString())
                .isEqualTo("bob");
        assertThat(fake.asked("logon/assertion").get(0).query()).isEqualTo("to=sealed");
    }

    @Test
    void aDoubleClickIsOneCeremonyAndOneTicket() {
        showWaiting(form(FormScript.Mode.TICKET));
        int before = fake.asked("logon/options").size();

        button().dblclick();

        assertThat(page).hasTitle("There");
        assertThat(posted).hasSize(1);
        assertThat(fake.asked("logon/options").size()).isEqualTo(before + 1);
    }

    @Test
    void enterInThePasswordFieldSendsThePasswordAndAsksNoDevice() {
        device.present(false);
        show(form(FormScript.Mode.TICKET));
        page.locator("[name=j_username]").fill("alice");
        page.locator("[name=j_password]").fill("secret");

        page.keyboard().press("Enter");

        assertThat(page).hasTitle("There");
        assertThat(posted.get(0)).contains("j_username=alice&j_password=secret");
        assertThat(fake.asked("ticket")).isEmpty();
    }

    @Test
    void aRefusalIsSaidInTheServersWordsAndTheFormGoesOnWorking() {
        showWaiting(form(FormScript.Mode.TICKET));
        fake.answers("logon/options", 429, FakeServer.problem("too-many-requests", ""), Map.of("Retry-After", "30"));

        button().click();

        assertThat(page.locator("[role=alert]")).hasText("Too many attempts. Please try again in 30 seconds.");
        assertThat(button()).hasAttribute("aria-disabled", "false");
        assertThat(button()).isFocused();
        assertThat(posted).isEmpty();
    }

    @Test
    void thePageHearsOfWhatHappensAndMayTakeOver() {
        showWaiting(form(FormScript.Mode.TICKET));
        device.verifies(false);
        page.evaluate("""
                window.heard = [];
                for (const type of ['passkey:error', 'passkey:success']) {
                  document.body.addEventListener(type, (event) => {
                    event.preventDefault();
                    window.heard.push(type + ' ' + JSON.stringify(event.detail));
                  });
                }""");

        button().click();
        page.waitForCondition(() -> page.evaluate("heard.length").equals(1));
        device.verifies(true);
        button().click();
        page.waitForCondition(() -> page.evaluate("heard.length > 1").equals(true));

        // The offer of autofill may be taken just before the button's ceremony takes its place.
        assertThat(page.evaluate("[...new Set(heard)]"))
                .isEqualTo(List.of(
                        "passkey:error {\"code\":\"cancelled\",\"retryAfter\":0}",
                        "passkey:success {\"code\":\"ok\",\"username\":\"alice@example.com\"}"));
        assertThat(page.locator("[role=alert]")).isEmpty();
        assertThat(posted).isEmpty();
    }

    @Test
    void aPageOutOfTheBrowsersCacheWorksAgain() {
        // Without the offer in the field, which the device would answer before the click.
        page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        device.present(false);
        show(form(FormScript.Mode.TICKET));
        button().click();
        assertThat(button()).hasAttribute("aria-disabled", "true");

        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

        assertThat(button()).hasAttribute("aria-disabled", "false");
        device.present(true);
        button().click();
        assertThat(page).hasTitle("There");
    }

    @Test
    void eachOfTwoFormsGetsItsButtonAndOneOfThemTheOffer() {
        device.present(false);
        show(form(FormScript.Mode.SESSION) + form(FormScript.Mode.TICKET));
        page.waitForCondition(() -> !fake.asked("logon/options").isEmpty());

        assertThat(page.locator(".passkey-logon")).hasCount(2);
        assertThat(fake.asked("logon/options")).hasSize(1);
    }

    @Test
    void aFormInATableGetsItsButtonBehindTheTable() {
        device.present(false);
        show("<table><form action=j_security_check><tr><td><input name=j_username></td></tr><tr><td>"
                + "<input type=password name=j_password></td></tr>" + script(FormScript.Mode.SESSION, "")
                + "</form></table>");

        assertThat(page.locator("table + .passkey-logon-area > button")).isVisible();
    }

    @Test
    void aFormThatTheTableBreaksIsFoundByItsUserNameField() {
        device.present(false);
        show("<table><form action=login><tr><td><input name=u autocomplete='username webauthn'></td></tr><tr><td>"
                + "<input type=password name=p></td></tr>" + script(FormScript.Mode.SESSION, "") + "</form></table>");

        assertThat(page.locator("table + .passkey-logon-area > button")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<input type=password name=again>", "<input type=password autocomplete=new-password>"})
    void aFormThatSetsAPasswordIsLeftAlone(String field) {
        device.present(false);
        show(form(FormScript.Mode.TICKET)
                .replace("<input type=password name=j_password>", field)
                .replace(TRAPS, field.contains("again") ? field + TRAPS : TRAPS));
        page.waitForTimeout(300);

        assertThat(page.locator(".passkey-logon-area")).hasCount(0);
        assertThat(fake.asked("logon/options")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/j_security_check", "//evil.example/j_security_check"})
    void aTicketGoesToNoOtherOrigin(String action) {
        context.route(
                "https://evil.example/**", route -> posted.add(route.request().url()));
        context.route(
                "http://evil.example/**", route -> posted.add(route.request().url()));
        showWaiting(form(FormScript.Mode.TICKET).replace("action=j_security_check", "action=" + action));

        button().click();

        assertThat(page.locator("[role=alert]")).not().isEmpty();
        assertThat(posted).isEmpty();
    }

    @Test
    void anAddressOfAnotherOriginIsNeitherAskedNorFollowed() {
        fake.answers("logon/assertion", 200, "{\"location\":\"https://evil.example/\"}");
        showWaiting(form(FormScript.Mode.SESSION));
        button().click();
        assertThat(page.locator("[role=alert]")).not().isEmpty();
        assertThat(page).hasURL(Pattern.compile("/shop/form\\?to=sealed$"));

        page.evaluate(
                "document.querySelector('[data-passkey-base]').dataset.passkeyBase = 'https://evil.example/passkey'");
        assertThat(page.evaluate("import('/shop/passkey/test/passkey.js').then((m) => m.logon()).catch((e) => e.code)"))
                .isEqualTo("no-base");
    }

    @Test
    void withoutPasskeysThePageStaysWhatItWas() {
        page.addInitScript("delete window.PublicKeyCredential");
        show(form(FormScript.Mode.SESSION));
        page.waitForTimeout(300);

        assertThat(page.locator(".passkey-logon-area")).hasCount(0);
        assertThat(fake.asked("logon/options")).isEmpty();
    }

    @Test
    void autofillAloneShowsNothing() {
        device.present(false);
        show(form(FormScript.Mode.SESSION).replace("data-passkey-form=\"button\"", "data-passkey-form=\"autofill\""));
        page.waitForCondition(() -> !fake.asked("logon/options").isEmpty());

        assertThat(page.locator(".passkey-logon")).hasCount(0);
    }

    @Test
    void aNonceIsAllThatAStrictPolicyHasToAllow() {
        device.present(false);
        show(
                form(FormScript.Mode.SESSION).replace("<script ", "<script nonce=\"abc\" "),
                "script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self'; require-trusted-types-for 'script'");

        assertThat(button()).isVisible();
    }

    private Locator button() {
        return page.locator(".passkey-logon");
    }

    private static String form(FormScript.Mode mode) {
        return "<form method=post action=j_security_check><input name=j_username><input type=password name=j_password>"
                + TRAPS + script(mode, "") + "</form>";
    }

    private static String script(FormScript.Mode mode, String nonce) {
        String html = new FormScript(Samples.CONTEXT, mode, Texts.preferred(List.of()), true, "", "", nonce).html();
        return html.replace(FormScript.PATH, "/passkey/test/passkey-form.js");
    }

    /** Shows a page whose offer of autofill nobody takes, in front of somebody who will react to whatever comes next. */
    private void showWaiting(String body) {
        device.present(false);
        show(body);
        page.waitForCondition(() -> !fake.asked("logon/options").isEmpty());
        page.waitForTimeout(200);
        device.present(true);
    }

    private void show(String body) {
        show(body, "default-src 'self'; img-src data:");
    }

    private void show(String body, String policy) {
        context.route(
                "**/shop/form?**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setHeaders(Map.of("Content-Security-Policy", policy))
                        .setBody("<!DOCTYPE html><html lang=en><title>Log in</title><link rel=icon href=data:,>"
                                + body)));
        page.navigate(server.address("localhost") + "/form?to=sealed");
    }
}
