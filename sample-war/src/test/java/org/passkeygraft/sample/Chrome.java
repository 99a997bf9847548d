package org.passkeygraft.sample;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The system's Chromium: the one that PASSKEY_TEST_BROWSER names, else found on the PATH by its usual names. */
final class Chrome implements AutoCloseable {
    private static final String VARIABLE = "PASSKEY_TEST_BROWSER";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));

    // What people's browsers do on Back is part of what is tested, so that cache stays on.
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(find())
                    .setIgnoreDefaultArgs(List.of("--disable-back-forward-cache")));

    Browser browser() {
        return browser;
    }

    private static Path find() {
        String named = System.getenv(VARIABLE);
        return named == null || named.isBlank() ? onPath() : Path.of(named);
    }

    private static Path onPath() {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(Path::of)
                .flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need one of " + NAMES + " on the PATH, or its path in " + VARIABLE));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
