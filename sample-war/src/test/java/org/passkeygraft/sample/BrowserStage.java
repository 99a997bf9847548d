package org.passkeygraft.sample;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.passkeygraft.sample.launcher.Options;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** The running sample and a browser in front of it, with an unused account for every test. */
final class BrowserStage implements AutoCloseable {
    static final String PASSWORD = "password";
    private static final int ACCOUNTS = 100;

    private final RunningSample sample;
    private final Chrome chrome;
    private final AtomicInteger accounts = new AtomicInteger();

    private BrowserStage(RunningSample sample, Chrome chrome) {
        this.sample = sample;
        this.chrome = chrome;
    }

    static BrowserStage open() throws Exception {
        return open(RunningSample.options());
    }

    static BrowserStage open(Options options) throws Exception {
        return open(RunningSample.war(), options);
    }

    static BrowserStage open(Path war, Options options) throws Exception {
        return new BrowserStage(RunningSample.start(war, options.withUsers(ACCOUNTS)), new Chrome());
    }

    /** Of a path of the application. */
    String address(String path) {
        return sample.server().uri().resolve(path).toString();
    }

    /** The name of an account that nobody has used yet; its password is {@link #PASSWORD}. */
    String newAccount() {
        return "user" + accounts.incrementAndGet();
    }

    /** Somebody without a screen at the same application. */
    SampleClient newClient() {
        return sample.newBrowser();
    }

    BrowserVisit visit() {
        return visit(new Browser.NewContextOptions());
    }

    BrowserVisit visit(Browser.NewContextOptions options) {
        return new BrowserVisit(
                chrome.browser().newContext(options), sample.server().uri());
    }

    /** Binds synced passkeys of these names from other devices, see {@link #bindElsewhere(String, Map)}. */
    SampleClient bindElsewhere(String account, String... names) {
        Map<String, SoftwareAuthenticator> devices = new LinkedHashMap<>();
        List.of(names).forEach(name -> devices.put(name, SoftwareAuthenticator.synced()));
        return bindElsewhere(account, devices);
    }

    /** Binds a passkey of each device, in order, and stays logged on with a fresh proof by the first of them. */
    SampleClient bindElsewhere(String account, Map<String, SoftwareAuthenticator> devicesByName) {
        SampleClient client = sample.newBrowser();
        client.logOn(account, PASSWORD);
        boolean proven = false;
        for (Map.Entry<String, SoftwareAuthenticator> device : devicesByName.entrySet()) {
            bind(client, device.getValue(), device.getKey());
            if (!proven) {
                client.confirm(device.getValue());
                proven = true;
            }
        }
        return client;
    }

    private static void bind(SampleClient client, SoftwareAuthenticator device, String name) {
        Answer bound = client.bind(device, name);
        if (bound.status() != 201) {
            throw new IllegalStateException(bound.body());
        }
    }

    /** What somebody does in the database meanwhile. */
    void sql(String statement, Object... values) throws SQLException {
        try (var connection = sample.server().dataSource().getConnection();
                var prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            if (prepared.executeUpdate() == 0) {
                throw new IllegalStateException("no row: " + statement);
            }
        }
    }

    @Override
    public void close() {
        chrome.close();
        sample.close();
    }
}
