package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.passkeygraft.servers.application.CallerServlet;

/**
 * One start of one server with the contract's application behind every door, for all tests of a class; a second start
 * with one worker thread where a test asks for it. A failed test shows the end of the server's log.
 */
final class ContractServer implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
    private static final int SHOWN_OF_THE_LOG = 6_000;
    private static final String ROOT_CONTEXT = "";

    private final ServerKind kind;
    private final List<RunningServer> running = new ArrayList<>();
    private @Nullable ContractDatabase database;
    private @Nullable Path directory;
    private List<Deployment> deployments = List.of();

    ContractServer(ServerKind kind) {
        this.kind = kind;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!running.isEmpty()) {
            // Of a nested class: the enclosing one has started it.
            return;
        }
        database = ContractDatabase.start();
        directory = Directories.create("contract");
        List<Deployment> all = new ArrayList<>();
        for (Door door : Door.values()) {
            database().createAccounts(accounts(door));
            all.add(door.deployment(
                    door.contextPath(), war(door, door.title()), database().url(accounts(door))));
        }
        all.add(Door.MODULE.deployment(
                ROOT_CONTEXT, war(Door.MODULE, "root"), database().url(accounts(Door.MODULE))));
        deployments = List.copyOf(all);
        running.add(kind.start(deployments));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getEnclosingClass() != null) {
            return;
        }
        running.forEach(RunningServer::close);
        running.clear();
        database().close();
        Directories.delete(Objects.requireNonNull(directory));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        for (RunningServer server : running) {
            String log = server.log();
            failure.addSuppressed(new AssertionError(
                    "the server logged:\n" + log.substring(Math.max(0, log.length() - SHOWN_OF_THE_LOG))));
        }
        throw failure;
    }

    ServerKind kind() {
        return kind;
    }

    RunningServer wide() {
        return running.get(0);
    }

    /** The same applications once more, on the same databases, with one thread for all requests. */
    RunningServer narrow() {
        if (running.size() < 2) {
            running.add(kind.start(ServerOptions.defaults().withWorkers(1), deployments));
        }
        return running.get(1);
    }

    ContractDatabase database() {
        return Objects.requireNonNull(database);
    }

    String accounts(Door door) {
        return "accounts_" + kind.name().toLowerCase(java.util.Locale.ROOT) + "_" + door.title();
    }

    private String store(Door door, String name) {
        return accounts(door) + "_store_" + name;
    }

    /** Of the application of this door that is not the root. */
    String store(Door door) {
        return store(door, door.title());
    }

    private Path war(Door door, String name) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "passkey.rp.name", "Contract",
                "passkey.store.url", database().url(store(door, name)),
                "passkey.accounts.url", database().url(accounts(door)),
                "passkey.accounts.sql.by-name",
                        "select name as account_name, password_hash, not locked as usable from app_user where name = :name",
                "passkey.accounts.sql.groups", "select role from app_user_role where name = :name",
                "passkey.session.recheck", "1s",
                "passkey.throttle.enabled", "false",
                "passkey.policy.offer-to-bind", "false",
                "passkey.protect.9.pattern", "/secret/fresh",
                "passkey.protect.9.confirmation", "1h"));
        settings.putAll(door.settings());
        WarBuilder war = application(Objects.requireNonNull(directory).resolve(name), door.security())
                .graft(settings);
        return door.complete(war, database().url(accounts(door))).build();
    }

    /** The application that knows nothing of passkeys, not grafted yet, with that in its web.xml about security. */
    static WarBuilder application(Path directory, String security) {
        return WarBuilder.inDirectory(directory)
                .contentOf(pages(), file -> !file.equals("WEB-INF/web.xml"))
                .webXml(webXml().replace("<!-- security -->", security))
                .classesOf(CallerServlet.class.getPackage());
    }

    private static Path pages() {
        try {
            return Path.of(Objects.requireNonNull(ContractServer.class.getResource("/application"))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String webXml() {
        try (InputStream content = ContractServer.class.getResourceAsStream("/application/WEB-INF/web.xml")) {
            return new String(Objects.requireNonNull(content).readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
