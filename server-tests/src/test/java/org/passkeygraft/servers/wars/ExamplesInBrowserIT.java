package org.passkeygraft.servers.wars;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.servers.Deployment;
import org.passkeygraft.servers.RunningServer;
import org.passkeygraft.servers.ServerKind;

/** A person with a real Chromium, before Tomcat's examples. */
class ExamplesInBrowserIT {
    private static final List<String> CHROMIUM =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    @TempDir
    Path directory;

    @Test
    void aPasskeyIsBoundAtTheFirstLogonAndOpensTheProtectedPageFromThenOn() {
        ServerKind kind = ServerKind.TOMCAT_10;
        Path grafted = TomcatExamplesIT.graft(kind.home().resolve("webapps/examples"), directory);
        try (RunningServer server = kind.start(List.of(Deployment.of("/examples", grafted)));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser =
                        playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium()))) {
            Page page = browser.newContext().newPage();
            Device device = Device.of(page);
            String wanted =
                    server.uri("/examples").resolve(TomcatExamplesIT.PROTECTED).toString();

            device.present(false);
            page.navigate(wanted);
            assertThat(page).hasURL(Pattern.compile(".*/examples/passkey/logon\\?to=.*"));
            page.getByLabel("User name").fill("member");
            button(page, "Next").click();
            page.getByLabel("Password").fill(Accounts.PASSWORD);
            button(page, "Logon Using Password").click();
            page.getByLabel("Passkey Name").fill("Laptop");
            device.present(true);
            button(page, "Bind").click();
            assertThat(page.getByText("Laptop", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            button(page, "Log off").click();

            page.navigate(wanted);
            assertThat(page).hasURL(wanted);
            assertThat(page.locator("body")).containsText(TomcatExamplesIT.MARK);
            assertThat(page.locator("body")).containsText("member");
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A built-in authenticator that verifies its user. */
    private record Device(CDPSession session, String id) {
        static Device of(Page page) {
            CDPSession session = page.context().newCDPSession(page);
            JsonObject enable = new JsonObject();
            enable.addProperty("enableUI", false);
            session.send("WebAuthn.enable", enable);
            JsonObject options = new JsonObject();
            options.addProperty("protocol", "ctap2");
            options.addProperty("transport", "internal");
            options.addProperty("hasResidentKey", true);
            options.addProperty("hasUserVerification", true);
            options.addProperty("isUserVerified", true);
            JsonObject message = new JsonObject();
            message.add("options", options);
            return new Device(
                    session,
                    session.send("WebAuthn.addVirtualAuthenticator", message)
                            .get("authenticatorId")
                            .getAsString());
        }

        /** Whether its user reacts at all. */
        void present(boolean present) {
            JsonObject message = new JsonObject();
            message.addProperty("authenticatorId", id);
            message.addProperty("enabled", present);
            session.send("WebAuthn.setAutomaticPresenceSimulation", message);
        }
    }

    private static Path chromium() {
        String named = System.getenv("PASSKEY_TEST_BROWSER");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(Path::of)
                .flatMap(folder -> CHROMIUM.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this test needs one of " + CHROMIUM + " on the PATH, or"
                        + " its path in PASSKEY_TEST_BROWSER"));
    }
}
