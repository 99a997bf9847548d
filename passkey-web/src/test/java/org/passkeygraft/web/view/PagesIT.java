package org.passkeygraft.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How every page looks, in every state: to the eye, to axe, and to a browser without script. */
class PagesIT {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final List<String> LOOKS =
            List.of("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size");
    private static final String OVERFLOW =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    /** Controls that can be hit only in an area of less than 24 by 24 CSS pixels (WCAG 2.5.8), links in text aside. */
    private static final String SMALL_TARGETS = """
            [...document.querySelectorAll('button, input, summary, a')]
              .filter((e) => e.checkVisibility() && !e.closest('.unseen'))
              .map((e) => [e.outerHTML, e.getBoundingClientRect()])
              .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 23.9))
              .map(([html, box]) => `${html} ${box.width}x${box.height}`)""";

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

    @Test
    void everyPageIsAccessibleInLightColours() {
        visitAll("light", options(1100, 800), "en", PagesIT::refuseFindings);
    }

    @Test
    void everyPageIsAccessibleInDarkColours() {
        visitAll("dark", options(1100, 800).setColorScheme(ColorScheme.DARK), "en", PagesIT::refuseFindingsOfLook);
    }

    @Test
    void everyPageFitsAPhoneOf320PixelsRightToLeft() {
        visitAll("phone-rtl", options(320, 640), "ar", page -> {
            refuseFindingsOfLook(page);
            assertThat(page.evaluate(OVERFLOW)).as(page.url()).isEqualTo(0);
        });
    }

    @Test
    void everyPageFitsAPhoneWithTextTwiceAsLarge() {
        visitAll("phone-large", options(320, 640), "en", page -> {
            page.evaluate("document.documentElement.style.fontSize = '200%'");
            assertThat(page.evaluate(OVERFLOW)).as(page.url()).isEqualTo(0);
        });
    }

    @Test
    void everyPageShowsEveryControlInForcedColours() {
        Browser.NewContextOptions forced =
                options(1100, 800).setForcedColors(ForcedColors.ACTIVE).setColorScheme(ColorScheme.DARK);
        visitAll("forced", forced, "en", page -> {});
    }

    @Test
    void everyPageWorksWithoutScript() {
        visitAll("noscript", options(700, 800).setJavaScriptEnabled(false), "en", page -> {
            assertThat(page.locator("[data-passkey-needed]:visible").count()).isZero();
            assertThat(page.locator("h1:visible").count()).isEqualTo(1);
        });
    }

    @Test
    void creatingAPasskeyAndWaitingForTheDeviceIsAccessible() {
        try (BrowserContext context = chromium.browser().newContext(options(320, 640))) {
            com.microsoft.playwright.Page page = context.newPage();
            new Device(page).present(false);
            new FakeServer(context);
            page.navigate(server.address("localhost") + "/sample/security");
            page.locator("[data-passkey-opens=create]").click();
            page.locator("#create summary").click();
            page.locator("#create [type=submit], #create .first").click();
            page.locator("#create [role=status]:not(:empty)").waitFor();

            refuseFindings(page);
            assertThat(page.evaluate(OVERFLOW)).isEqualTo(0);
            page.screenshot(new ScreenshotOptions().setPath(Path.of("target", "screenshots", "phone-create.png")));
        }
    }

    private static void visitAll(
            String look,
            Browser.NewContextOptions options,
            String language,
            Consumer<com.microsoft.playwright.Page> check) {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = chromium.browser().newContext(options)) {
            com.microsoft.playwright.Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(page.url() + ": " + message.text());
                }
            });
            page.onPageError(error -> complaints.add(page.url() + ": " + error));
            page.route("**/logon/options", route -> route.abort());
            // Never answered: the pause after a logon stays to be looked at.
            page.route("**/upgrade/options", route -> {});
            for (String name : new Samples("en").all().keySet()) {
                var answer = page.navigate(server.address("localhost") + "/sample/" + name + "?language=" + language);
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                check.accept(page);
                page.screenshot(new ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target", "screenshots", look, name + ".png")));
            }
        }
        complaints.removeIf(complaint -> complaint.contains("net::ERR_FAILED"));
        assertThat(complaints).isEmpty();
    }

    private static void refuseFindings(com.microsoft.playwright.Page page) {
        refuseFindings(page, axe(page).withTags(RULES));
    }

    /** What may differ between two looks of one document. */
    private static void refuseFindingsOfLook(com.microsoft.playwright.Page page) {
        refuseFindings(page, axe(page).withRules(LOOKS));
    }

    /** Our pages have no frames, so the older and quicker way of running it sees all. */
    private static AxeBuilder axe(com.microsoft.playwright.Page page) {
        return new AxeBuilder(page).setLegacyMode(true);
    }

    private static void refuseFindings(com.microsoft.playwright.Page page, AxeBuilder axe) {
        var violations = axe.analyze().getViolations();
        assertThat(violations.stream().map(rule -> rule.getId() + " " + rule.getNodes()))
                .as(page.url())
                .isEmpty();
        assertThat((List<?>) page.evaluate(SMALL_TARGETS)).as(page.url()).isEmpty();
    }

    private static Browser.NewContextOptions options(int width, int height) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setTimezoneId("Europe/Athens")
                .setReducedMotion(ReducedMotion.REDUCE);
    }
}
