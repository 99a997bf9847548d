package org.passkeygraft.web.view;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.Bytes;

/** What the script does in a browser whose device and server do what they do on bad days. */
class ScriptIT {
    private static final String PASSKEY = "cGFzc2tleS1vbmU";
    private static final String USER = "dXNlci1oYW5kbGU";
    private static final String SECRET = "{\"location\":\"/shop/secret\"}";
    private static final Pattern AT_SECRET = Pattern.compile("/shop/secret");

    private static PageServer server;
    private static Chromium chromium;

    private BrowserContext context;
    private Page page;
    private FakeServer fake;
    private Device device;
    private List<String> defects;

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
        fake = new FakeServer(context);
        device = new Device(page);
        defects = new ArrayList<>();
        page.onPageError(defects::add);
    }

    @AfterEach
    void leave() {
        // The page first: a request of it that is still being answered needs its context.
        page.close();
        context.close();
        assertThat(defects).isEmpty();
    }

    @Test
    void aPasskeyLogsOnAndThePageGoesWhereTheServerSays() {
        device.holds(PASSKEY, USER);
        fake.answers("logon/assertion", 200, SECRET);
        open("method");

        passkeyLogon().click();

        assertThat(page).hasURL(AT_SECRET);
        assertThat(fake.asked("logon/options").get(0).body().get("username").getAsString())
                .isEqualTo("alice@example.com");
        assertThat(fake.asked("logon/assertion").get(0).query()).isEqualTo("to=sealed.target");
        assertThat(fake.asked("logon/assertion").get(0).body().get("id").getAsString())
                .isEqualTo(PASSKEY);
    }

    @Test
    void aBrowserWithoutJsonConversionSendsTheSameAnswers() {
        page.addInitScript("""
                delete PublicKeyCredential.parseRequestOptionsFromJSON;
                delete PublicKeyCredential.parseCreationOptionsFromJSON;
                delete PublicKeyCredential.prototype.toJSON;""");
        device.holds(PASSKEY, USER);
        fake.answers("logon/assertion", 200, SECRET).answers("passkeys", 201, "{\"id\":\"new\"}");

        open("method");
        passkeyLogon().click();
        assertThat(page).hasURL(AT_SECRET);
        open("bind");
        button("Bind").click();
        assertThat(page).hasURL(Pattern.compile("bound=new"));

        JsonObject assertion = fake.asked("logon/assertion").get(0).body();
        assertThat(assertion.keySet()).contains("id", "rawId", "type", "clientExtensionResults", "response");
        assertThat(assertion.getAsJsonObject("response").keySet())
                .containsExactlyInAnyOrder("clientDataJSON", "authenticatorData", "signature", "userHandle");
        assertThat(assertion.getAsJsonObject("response").get("userHandle").getAsString())
                .isEqualTo(USER);
        assertThat(clientData(assertion).get("type").getAsString()).isEqualTo("webauthn.get");
        JsonObject registration = fake.asked("passkeys").get(0).body();
        assertThat(registration.getAsJsonObject("response").keySet())
                .contains("clientDataJSON", "attestationObject", "authenticatorData", "publicKey", "transports");
        assertThat(clientData(registration).get("type").getAsString()).isEqualTo("webauthn.create");
    }

    @Test
    void aCancelledPromptLeavesBothWaysOpenAndCanBeRepeated() {
        device.holds(PASSKEY, USER).verifies(false);
        fake.answers("logon/assertion", 200, SECRET);
        open("method");

        passkeyLogon().click();
        assertThat(alert()).hasText("Passkey was not used. You can try again, or use your password.");
        assertThat(passkeyLogon()).isFocused();
        assertThat(page.getByLabel("Password")).isEnabled();
        assertThat(button("Logon Using Password")).isEnabled();
        assertThat(fake.asked("logon/assertion")).isEmpty();

        device.verifies(true);
        passkeyLogon().click();
        assertThat(page).hasURL(AT_SECRET);
        assertThat(fake.asked("logon/options")).hasSize(2);
    }

    @Test
    void autofillLogsOnWithoutAnyName() {
        device.holds(PASSKEY, USER);
        fake.answers("logon/assertion", 200, SECRET);

        open("name");

        assertThat(page).hasURL(AT_SECRET);
        assertThat(fake.asked("logon/options").get(0).body().size()).isZero();
        assertThat(fake.asked("logon/assertion").get(0).query()).isEqualTo("to=sealed.target");
    }

    @Test
    void autofillIsNotOfferedWherePasskeysAreSwitchedOff() {
        device.holds(PASSKEY, USER);
        fake.answers("logon/assertion", 200, SECRET);

        open("name-off");
        page.waitForTimeout(300);

        assertThat(fake.asked("logon/options")).isEmpty();
    }

    @Test
    void theOfferGivesWayToACeremonyAndComesBackWithAFreshChallenge() {
        device.holds(PASSKEY, USER).present(false);
        fake.refuses("logon/assertion", 401, "authentication-failed");
        open("name");
        awaitOptions(1);

        device.present(true);
        Object code =
                page.evaluate("import('/shop/passkey/test/passkey.js').then((m) => m.logon()).catch((e) => e.code)");
        assertThat(code).isEqualTo("authentication-failed");

        device.present(false);
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        awaitOptions(3);
    }

    @Test
    void anOfferIsRenewedBeforeItsChallengeExpires() {
        device.holds(PASSKEY, USER).present(false);
        fake.answers("logon/options", 200, FakeServer.requestOptions("localhost", 1_000));

        open("name");

        awaitOptions(3);
        assertThat(alert()).isEmpty();
    }

    @Test
    void anExpiredCeremonyIsRepeatedOnceWithNewOptions() {
        device.holds(PASSKEY, USER);
        fake.refuses("logon/assertion", 409, "ceremony-expired").then("logon/assertion", 200, SECRET, Map.of());
        open("method");

        passkeyLogon().click();

        assertThat(page).hasURL(AT_SECRET);
        assertThat(fake.asked("logon/options")).hasSize(2);
    }

    @Test
    void aCeremonyThatKeepsExpiringIsToldAndNotRepeatedForEver() {
        device.holds(PASSKEY, USER);
        fake.refuses("logon/assertion", 409, "ceremony-expired");
        open("method");

        passkeyLogon().click();

        assertThat(alert()).hasText("That took too long. Please try again.");
        assertThat(fake.asked("logon/options")).hasSize(2);
    }

    @Test
    void anAnswerOlderThanItsChallengeIsNotSent() {
        device.holds(PASSKEY, USER);
        fake.answers("logon/options", 200, FakeServer.requestOptions("localhost", -1));
        open("method");

        passkeyLogon().click();

        assertThat(alert()).hasText("That took too long. Please try again.");
        assertThat(fake.asked("logon/assertion")).isEmpty();
    }

    @Test
    void aSecondClickStartsNoSecondCeremony() {
        device.holds(PASSKEY, USER).present(false);
        open("method");

        passkeyLogon().click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Follow the prompt on your device");
        assertThat(passkeyLogon()).hasAttribute("aria-disabled", "true");
        passkeyLogon().dispatchEvent("click");
        Object code =
                page.evaluate("import('/shop/passkey/test/passkey.js').then((m) => m.logon()).catch((e) => e.code)");
        assertThat(code).isEqualTo("busy");

        assertThat(fake.asked("logon/options")).hasSize(1);
    }

    @Test
    void aPageOutOfTheBrowsersCacheIsUsableAgain() {
        device.holds(PASSKEY, USER).present(false);
        fake.answers("logon/assertion", 200, SECRET);
        open("method");
        passkeyLogon().click();
        awaitOptions(1);

        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        assertThat(passkeyLogon()).hasAttribute("aria-disabled", "false");
        device.present(true);
        passkeyLogon().click();

        assertThat(page).hasURL(AT_SECRET);
    }

    @Test
    void aPasskeyThatTheServerDoesNotKnowIsReportedToItsDevice() {
        device.holds(PASSKEY, USER);
        fake.answers(
                "logon/assertion",
                401,
                FakeServer.problem("authentication-failed", ",\"signal\":\"unknown-credential\""));
        open("method");

        passkeyLogon().click();

        assertThat(alert()).containsText("no longer known here");
        assertThat(device.passkeys()).isZero();
    }

    @Test
    void aRefusedLogonAloneCostsNoPasskey() {
        device.holds(PASSKEY, USER);
        fake.refuses("logon/assertion", 401, "authentication-failed");
        open("method");

        passkeyLogon().click();

        assertThat(alert()).containsText("This passkey was not accepted");
        assertThat(device.passkeys()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "wrong-account, 401, belongs to another user name",
        "passkeys-off, 403, switched off",
        "unavailable, 503, not possible at the moment",
        "something-new, 418, That did not work"
    })
    void everyRefusalEndsInASentenceAndAUsablePage(String code, int status, String sentence) {
        device.holds(PASSKEY, USER);
        fake.refuses("logon/assertion", status, code);
        open("method");

        passkeyLogon().click();

        assertThat(alert()).containsText(sentence);
        assertThat(passkeyLogon()).hasAttribute("aria-disabled", "false");
    }

    @Test
    void aThrottledUserLearnsHowLongToWait() {
        fake.answers("logon/options", 429, FakeServer.problem("too-many-requests", ""), Map.of("Retry-After", "30"));
        open("method");

        passkeyLogon().click();

        assertThat(alert()).hasText("Too many attempts. Please try again in 30 seconds.");
    }

    @Test
    void anAnswerThatIsNotJsonIsTheServersProblem() {
        fake.answers("logon/options", 502, "<h1>Bad Gateway</h1>");
        open("method");

        passkeyLogon().click();

        assertThat(alert()).containsText("The server could not answer");
    }

    @Test
    void aServerOutOfReachIsSaid() {
        open("method");
        context.setOffline(true);
        context.route("**/logon/options", route -> route.abort());

        passkeyLogon().click();

        assertThat(alert()).containsText("could not be reached");
    }

    @Test
    void aRelyingPartyThatIsNotThisSiteIsSaid() {
        fake.answers("logon/options", 200, FakeServer.requestOptions("example.com", 300_000));
        open("method");

        passkeyLogon().click();

        assertThat(alert()).containsText("cannot be used at this address");
    }

    @Test
    void whatThePageSaidBeforeGoesWhenTheScriptSpeaks() {
        fake.answers("logon/options", 200, FakeServer.requestOptions("example.com", 300_000));
        open("method-refused");
        assertThat(page.getByLabel("Password")).isFocused();

        passkeyLogon().click();

        assertThat(page.locator(".said:visible:not(:empty)")).hasCount(1);
    }

    @Test
    void bindingGoesOnWithTheNewPasskey() {
        fake.answers("passkeys", 201, "{\"id\":\"new\"}");
        open("bind");

        page.getByLabel("Passkey Name").fill("Work laptop");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile("/shop/secret\\?bound=new"));
        assertThat(fake.asked("passkeys/options").get(0).body().toString())
                .isEqualTo("{\"name\":\"Work laptop\",\"use\":\"logon\"}");
        assertThat(device.passkeys()).isEqualTo(1);
    }

    @Test
    void aTakenNameIsSaidAtTheFieldBeforeTheDeviceAsks() {
        fake.refuses("passkeys/options", 409, "name-taken");
        open("bind");

        button("Bind").click();

        assertThat(page.locator("#name-error")).containsText("already have a passkey with this name");
        assertThat(page.getByLabel("Passkey Name")).isFocused();
        assertThat(page.getByLabel("Passkey Name")).hasAttribute("aria-invalid", "true");
        assertThat(device.passkeys()).isZero();
    }

    @Test
    void aPasskeyThatTheServerRefusedDoesNotStayOnTheDevice() {
        fake.refuses("passkeys", 400, "registration-failed");
        open("bind");

        button("Bind").click();

        assertThat(alert()).containsText("could not be accepted");
        assertThat(device.passkeys()).isZero();
    }

    @Test
    void aPasskeyWhoseAnswerGotLostStaysOnTheDevice() {
        fake.answers("passkeys", 502, "Bad Gateway");
        open("bind");

        button("Bind").click();

        assertThat(alert()).containsText("The server could not answer");
        assertThat(device.passkeys()).isEqualTo(1);
    }

    @Test
    void aDeviceThatHasAPasskeyAlreadySaysSo() {
        device.holds(PASSKEY, USER);
        fake.answers(
                "passkeys/options",
                200,
                FakeServer.creationOptions("{\"type\":\"public-key\",\"id\":\"" + PASSKEY + "\"}"));
        open("bind");

        button("Bind").click();

        assertThat(alert()).hasText("This device already has a passkey for you.");
    }

    @Test
    void aProofThatIsTooOldLeadsToTheConfirmation() {
        fake.refuses("passkeys/options", 403, "confirmation-required");
        open("security");

        button("Create Passkey").click();
        button("Bind").click();

        assertThat(page).hasURL(Pattern.compile("/shop/passkey/confirm\\?return=create"));
    }

    @Test
    void aSessionThatEndedAsksForItsPageOnceMore() {
        fake.refuses("passkeys/options", 401, "authentication-required");
        open("security");

        button("Create Passkey").click();
        page.locator("dialog[open] [name=name]").fill("Typed before");
        button("Bind").click();

        assertThat(page).hasURL(Pattern.compile("/shop/passkey/security$"));
        assertThat(page.evaluate("sessionStorage.getItem('passkey-name')"))
                .asString()
                .contains("alice@example.com", "Typed before", "create");
    }

    @Test
    void whatOneUserTypedIsNotShownToAnother() {
        open("security");
        page.evaluate("sessionStorage.setItem('passkey-name',"
                + " JSON.stringify({ account: 'bob', name: 'Bobs', dialog: 'create' }))");

        open("security");

        assertThat(page.locator("dialog[open]")).hasCount(0);
        assertThat(page.locator("#create [name=name]")).hasValue("Chrome on Mac");
    }

    @Test
    void aConfirmationReturnsWhereItCameFrom() {
        device.holds(PASSKEY, USER);
        fake.answers("confirm/assertion", 200, SECRET);
        open("confirm");

        button("Confirm with a passkey").click();

        assertThat(page).hasURL(AT_SECRET);
        assertThat(fake.asked("confirm/assertion").get(0).query()).isEqualTo("return=security&for=own");
    }

    @Test
    void openingTheListTellsDevicesWhichPasskeysAreGone() {
        device.holds(PASSKEY, USER);

        open("security");

        page.waitForCondition(() -> device.passkeys() == 0);
    }

    @Test
    void aDialogTakesTheFocusAndGivesItBack() {
        open("security");
        Locator delete = button("Delete Pixel 9");

        delete.click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("A copy may remain");
        assertThat(button("Cancel")).isFocused();
        page.keyboard().press("Escape");

        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(delete).isFocused();
    }

    @Test
    void aFormIsSentOnceHoweverOftenItIsClicked() {
        open("security");
        List<String> sent = new ArrayList<>();
        // No content: the page stays, and the second click meets the same form.
        context.route("**/deletion", route -> {
            sent.add(route.request().url());
            route.fulfill(new Route.FulfillOptions().setStatus(204));
        });
        button("Delete Pixel 9").click();

        button("OK").click();
        page.waitForCondition(() -> !sent.isEmpty());
        button("OK").click();
        page.waitForTimeout(300);

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).endsWith("/passkeys/" + Samples.id(1) + "/deletion");
    }

    @Test
    void aBrowserWithoutPasskeysGetsAPasswordPageThatSaysWhy() {
        page.addInitScript("delete window.PublicKeyCredential");

        open("method");

        assertThat(passkeyLogon()).isHidden();
        assertThat(page.getByText("Passkeys need a newer browser")).isVisible();
        assertThat(page.getByLabel("Password")).isFocused();
    }

    @Test
    void aBrowserWithoutPasskeysIsNotAskedToBindOne() {
        page.addInitScript("delete window.PublicKeyCredential");

        open("bind");

        assertThat(page).hasURL(Pattern.compile("/shop/secret$"));
    }

    @Test
    void noPasskeyIsOfferedAtAnIpAddress() {
        page.navigate(server.address("127.0.0.1") + "/sample/method");

        assertThat(passkeyLogon()).isHidden();
        assertThat(page.getByText("Passkeys need a newer browser")).isVisible();
    }

    @Test
    void timesAreShownInTheZoneOfTheReader() {
        context.close();
        context = chromium.browser()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions().setTimezoneId("Asia/Tokyo"));
        page = context.newPage();

        open("security");

        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText(Pattern.compile("Mar 5, 2026, 2:05\\sAM"));
    }

    private void open(String sample) {
        page.navigate(server.address("localhost") + "/sample/" + sample);
    }

    private Locator passkeyLogon() {
        return page.locator("[data-passkey-logon]");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator alert() {
        return page.locator("main > [role=alert]");
    }

    private void awaitOptions(int number) {
        page.waitForCondition(() -> fake.asked("logon/options").size() >= number);
    }

    private static JsonObject clientData(JsonObject answer) {
        String encoded =
                answer.getAsJsonObject("response").get("clientDataJSON").getAsString();
        byte[] json = Bytes.require(encoded).toArray();
        return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
    }
}
