package org.passkeygraft.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One person with a browser and a device. Closing it fails the test if any page complained: a script error, a console
 * error or warning, something the content policy had to stop.
 */
final class BrowserVisit implements AutoCloseable {
    /** A refusal is an ordinary answer; that Chromium logs it is not ours to change. */
    private static final Pattern REFUSAL =
            Pattern.compile("Failed to load resource: .* status of 4(01|03|04|09|22) .*");

    private static final String REPORT_POLICY = "addEventListener('securitypolicyviolation',"
            + " event => console.error('content policy: ' + event.violatedDirective + ' ' + event.blockedURI))";

    private final BrowserContext context;
    private final URI application;
    private final Page page;
    private final VirtualDevice device;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();

    BrowserVisit(BrowserContext context, URI application) {
        this.context = context;
        this.application = application;
        context.setDefaultTimeout(10_000);
        context.addInitScript(REPORT_POLICY);
        context.onConsoleMessage(this::listen);
        context.onWebError(error -> complaints.add(error.error()));
        context.onRequest(request -> sent.add(request.method() + " " + path(request.url())));
        page = context.newPage();
        device = VirtualDevice.builtIn(page);
    }

    private void listen(ConsoleMessage message) {
        boolean complaint = message.type().equals("error") || message.type().equals("warning");
        if (complaint && !REFUSAL.matcher(message.text()).matches()) {
            complaints.add(message.location() + ": " + message.text());
        }
    }

    private String path(String url) {
        return application.relativize(URI.create(url)).getPath();
    }

    BrowserContext context() {
        return context;
    }

    Page page() {
        return page;
    }

    VirtualDevice device() {
        return device;
    }

    /** How often this was sent so far, such as {@code POST passkey/logon/options}. */
    long sent(String request) {
        return sent.stream().filter(request::equals).count();
    }

    /** How many forms were sent so far. */
    long formsSent() {
        return sent.stream()
                .filter(request -> request.startsWith("POST ") && !request.endsWith("/options"))
                .count();
    }

    /** Goes to a path of the application. */
    BrowserVisit open(String path) {
        page.navigate(application.resolve(path).toString());
        return this;
    }

    /** From the logon page's first step to its second. */
    void enterName(String name) {
        page.getByLabel("User name").fill(name);
        button("Next").click();
        assertThat(page.getByLabel("Password")).isVisible();
    }

    void enterPassword(String password) {
        page.getByLabel("Password").fill(password);
        button("Logon Using Password").click();
    }

    /** Logs on by password and puts the offer of a passkey off. */
    void logOn(String account) {
        logOn(account, "passkey/security");
        assertThat(heading()).hasText("Logon Security");
    }

    /** Logs on by password, puts the offer of a passkey off, and goes to this page. */
    void logOn(String account, String path) {
        open("passkey/logon");
        enterName(account);
        enterPassword(BrowserStage.PASSWORD);
        page.waitForURL(Pattern.compile(".*/sample/(passkey/bind)?$"));
        open(path);
    }

    /** Logs on for the first time, binds a passkey of this name on the device, and logs off. */
    void bind(String account, String name) {
        open("passkey/logon");
        enterName(account);
        enterPassword(BrowserStage.PASSWORD);
        page.getByLabel("Passkey Name").fill(name);
        button("Bind").click();
        assertThat(row(name)).isVisible();
        button("Log off").click();
        isAt("");
    }

    /** At the second step of the logon, with the device not reacting to the offer of the first. */
    void chooseMethod(String account, String path) {
        device.present(false);
        open(path);
        enterName(account);
        device.present(true);
    }

    /** Goes on in the session of another client of the same person. */
    BrowserVisit continueAs(SampleClient client) {
        List<Cookie> cookies = client.cookies().entrySet().stream()
                .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue()).setUrl(application.toString()))
                .toList();
        context.clearCookies();
        context.addCookies(cookies);
        return this;
    }

    Locator heading() {
        return page.locator("h1");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    Locator inDialog(String button) {
        return dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true));
    }

    /** What went wrong, as the open page or its open dialog says it. */
    Locator alert() {
        return page.locator(".said.alert:visible:not(:empty), .field-error:visible:not(:empty)");
    }

    Locator notice() {
        return page.locator(".said.notice:visible");
    }

    /** The passkey of this name in the list. */
    Locator row(String name) {
        Locator label = page.getByText(name, new Page.GetByTextOptions().setExact(true));
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHas(label));
    }

    /** Fails unless the browser is at this path and query of the application. */
    void isAt(String pathAndQuery) {
        assertThat(page).hasURL(application.resolve(pathAndQuery).toString());
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
