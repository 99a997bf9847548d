package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What people see on their way, as pictures in {@code target/screenshots}, and whether everybody can use it. */
class LookInBrowserIT {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final UUID GOOGLE = UUID.fromString("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4");
    private static final UUID WINDOWS_HELLO = UUID.fromString("08987058-cadc-4b81-b6e1-30de50dcbe96");

    private static BrowserStage stage;

    /** The looks of one way through the pages. */
    enum Look {
        LIGHT(1000, 560, ColorScheme.LIGHT),
        DARK(1000, 560, ColorScheme.DARK),
        PHONE(320, 640, ColorScheme.LIGHT);

        private final int width;
        private final int height;
        private final ColorScheme colours;

        Look(int width, int height, ColorScheme colours) {
            this.width = width;
            this.height = height;
            this.colours = colours;
        }

        private Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(colours)
                    .setTimezoneId("Europe/Athens")
                    .setReducedMotion(ReducedMotion.REDUCE);
        }

        private Path picture(String name) {
            return Path.of("target", "screenshots", name().toLowerCase(Locale.ROOT), name + ".png");
        }
    }

    @BeforeAll
    static void open() throws Exception {
        stage = BrowserStage.open();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageOnTheWayIsAccessibleAndFitsTheScreen(Look look) {
        String account = stage.newAccount();
        try (BrowserVisit visit = stage.visit(look.options())) {
            visit.open("secret/page");
            look(visit, look, "logon-name");
            visit.enterName(account);
            look(visit, look, "logon-method");
            visit.enterPassword("wrong");
            look(visit, look, "logon-refused");
            visit.enterPassword(BrowserStage.PASSWORD);
            look(visit, look, "bind");

            visit.continueAs(stage.bindElsewhere(account, devices())).open("passkey/security");
            look(visit, look, "list");
            visit.button("Create Passkey").click();
            look(visit, look, "create");
            visit.inDialog("Cancel").click();
            visit.button("Delete Work laptop").click();
            look(visit, look, "delete");
        }
    }

    private static Map<String, SoftwareAuthenticator> devices() {
        Map<String, SoftwareAuthenticator> devices = new LinkedHashMap<>();
        devices.put("Phone", SoftwareAuthenticator.builder().aaguid(GOOGLE).build());
        devices.put(
                "Work laptop",
                SoftwareAuthenticator.builder()
                        .aaguid(WINDOWS_HELLO)
                        .backupEligible(false)
                        .build());
        devices.put("Blue security key", SoftwareAuthenticator.securityKey());
        return devices;
    }

    private static void look(BrowserVisit visit, Look look, String name) {
        Page page = visit.page();
        page.waitForLoadState();
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(look.picture(name)));
        Stream<String> findings = new AxeBuilder(page)
                .setLegacyMode(true).withTags(RULES).analyze().getViolations().stream()
                        .map(rule -> rule.getId() + " " + rule.getNodes());
        assertThat(findings).as(name).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("what is cut off at the side of " + name)
                .isEqualTo(0);
    }
}
