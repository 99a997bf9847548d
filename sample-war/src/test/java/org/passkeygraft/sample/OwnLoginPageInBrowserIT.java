package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample's own login page, armed as it is, and a page like it that uses the tags: both log on by passkey under a strict
 * content policy and go on working for everybody else.
 */
class OwnLoginPageInBrowserIT {
    private static final String SECRET = "secret/page?berth=2";
    private static final String TAGGED = """
            <%@ page pageEncoding="UTF-8" %>
            <%@ include file="/WEB-INF/jsp/header.jspf" %>
            <%@ taglib prefix="passkey" uri="org.passkeygraft.tags" %>
            <% response.setHeader("Content-Security-Policy", "default-src 'self'; img-src data:"); %>
            <h1>Log in</h1>
            <form method="post" action="${root}/j_security_check">
              <p><label for="j_username">User name</label> <input id="j_username" name="j_username" required></p>
              <p><label for="j_password">Password</label> <input id="j_password" name="j_password" type="password"></p>
              <p><button>Log in</button></p>
              <passkey:logon label="Log in with a <b>passkey</b> &quot;&'é" class="mine"/>
            </form>
            <passkey:allowed><p><passkey:security class="more"/></p></passkey:allowed>
            <passkey:script/>
            <%@ include file="/WEB-INF/jsp/footer.jspf" %>
            """;

    private static BrowserStage stage;

    private BrowserVisit visit;
    private String account;

    @BeforeAll
    static void open() throws Exception {
        Path war = Files.copy(
                RunningSample.war(), Files.createTempDirectory("pages").resolve("sample.war"));
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Files.writeString(archive.getPath("tagged.jsp"), TAGGED);
        }
        stage = BrowserStage.open(war, RunningSample.options().withParameter("passkey.arm.pages", "/login.jsp"));
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void arrive() {
        visit = stage.visit();
        visit.context().setDefaultTimeout(30_000); // the first page of each kind has to be compiled
        account = stage.newAccount();
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.jsp", "tagged.jsp"})
    void theButtonLogsOn(String page) {
        visit.bind(account, "Mine");
        visit.device().present(false);
        openAndAwaitOffer(page);
        visit.device().present(true);

        button().click();

        visit.isAt("");
        assertThat(visit.page().locator("#caller")).hasText(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.jsp", "tagged.jsp"})
    void autofillLogsOnAndLeadsToThePageAskedFor(String page) {
        visit.bind(account, "Mine");
        visit.device().present(false);
        visit.open(SECRET);
        String query = URI.create(visit.page().url()).getRawQuery();
        assertThat(query).startsWith("to=");
        visit.device().present(true);

        visit.open(page + "?" + query);

        visit.isAt(SECRET);
        assertThat(visit.page().locator("#caller")).hasText(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.jsp", "tagged.jsp"})
    void aFailedPasskeyIsSaidAndLeavesTheFormUsable(String page) {
        visit.bind(account, "Mine");
        visit.device().present(false);
        openAndAwaitOffer(page);
        visit.device().verifies(false);
        visit.device().present(true);

        button().dblclick();

        assertThat(visit.page().getByRole(AriaRole.ALERT))
                .hasText("Passkey was not used. You can try again, or use your password.");
        assertThat(button()).hasAttribute("aria-disabled", "false");
        visit.page().getByLabel("Password").fill("x");
        assertThat(visit.page().getByLabel("Password")).isEditable();
        visit.page().locator("form button").first().focus();
        assertThat(new AxeBuilder(visit.page()).include("form").analyze().getViolations())
                .isEmpty();
    }

    @Test
    void theArmedPageIsTheApplicationsOwnButForOneAttributeAndOneScript() {
        Response armed = visit.page().navigate(address("login.jsp"));
        String html = armed.text();

        assertThat(html)
                .contains(
                        "<input id=\"j_username\" name=\"j_username\" autocomplete=\"username webauthn\" required autofocus>")
                .containsOnlyOnce("passkey-form.js")
                .contains("</script></form>");
        assertThat(armed.allHeaders()).doesNotContainKey("etag");
    }

    @Test
    void theTagsEscapeWhatTheyAreGiven() {
        visit.open("tagged.jsp");

        assertThat(button()).hasText("Log in with a <b>passkey</b> \"&'é");
        assertThat(button()).hasClass("mine");
        assertThat(visit.page().locator("a.more")).hasText("Logon Security");
        assertThat(visit.page()
                        .locator("script[src='/sample/passkey/passkey.js'][data-passkey-base='/sample/passkey']"))
                .hasCount(1);
    }

    @Test
    void whilePasskeysAreSwitchedOffThePagesAreWhatTheyWere() throws Exception {
        stage.sql("update passkey_policy set allowed = false");
        try {
            visit.page()
                    .waitForCondition(() ->
                            !visit.page().navigate(address("login.jsp")).text().contains("passkey-form.js"));
            String tagged = visit.page().navigate(address("tagged.jsp")).text();
            assertThat(tagged).doesNotContain("passkey-form.js", "passkey.js", "Logon Security");
        } finally {
            stage.sql("update passkey_policy set allowed = true");
            visit.page()
                    .waitForCondition(() ->
                            visit.page().navigate(address("login.jsp")).text().contains("passkey-form.js"));
        }
    }

    @Test
    void thePagesLookLikeTheApplication() {
        record Look(String name, int width, ColorScheme colours) {}
        for (Look look : List.of(
                new Look("light", 1000, ColorScheme.LIGHT),
                new Look("dark", 1000, ColorScheme.DARK),
                new Look("phone", 320, ColorScheme.LIGHT))) {
            Browser.NewContextOptions options = new Browser.NewContextOptions()
                    .setViewportSize(look.width(), 560)
                    .setColorScheme(look.colours());
            try (BrowserVisit seen = stage.visit(options)) {
                for (String page : List.of("login", "tagged")) {
                    seen.open(page + ".jsp");
                    assertThat(seen.page().locator(".passkey-logon-area button"))
                            .isVisible();
                    assertThat(seen.page().evaluate("document.documentElement.scrollWidth"))
                            .as(page + " fits")
                            .isEqualTo(look.width());
                    seen.page()
                            .screenshot(new Page.ScreenshotOptions()
                                    .setPath(Path.of("target", "screenshots", look.name(), "own-" + page + ".png")));
                }
            }
        }
    }

    private void openAndAwaitOffer(String page) {
        long before = visit.sent("POST passkey/logon/options");
        visit.open(page);
        visit.page().waitForCondition(() -> visit.sent("POST passkey/logon/options") > before);
        visit.page().waitForTimeout(200);
    }

    private Locator button() {
        return visit.page().locator(".passkey-logon-area button");
    }

    private String address(String path) {
        return stage.address(path);
    }
}
