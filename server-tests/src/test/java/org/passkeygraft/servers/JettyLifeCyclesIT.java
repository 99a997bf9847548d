package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.servers.LifeCycleSite.logOn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that Jetty stops and starts again (T-131). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JettyLifeCyclesIT {
    private static final String LATE = "/late";
    private static final int SHOWN_OF_THE_LOG = 6_000;

    private final Path directory = Directories.create("life-cycles");
    private final ContractDatabase database = ContractDatabase.start();
    private JettyServer server;

    @RegisterExtension
    final TestExecutionExceptionHandler logOfTheServer = (context, failure) -> {
        String log = server.log();
        failure.addSuppressed(new AssertionError(
                "the server logged:\n" + log.substring(Math.max(0, log.length() - SHOWN_OF_THE_LOG))));
        throw failure;
    };

    @BeforeAll
    void start() {
        database.createAccounts("accounts");
        List<Deployment> deployments = new ArrayList<>();
        for (LifeCycleSite site : LifeCycleSite.values()) {
            site.grafted(directory.resolve(site.name()), database);
            deployments.add(deployment(site));
        }
        Path late = LifeCycleSite.FORM.plain(directory.resolve("late")).build();
        deployments.add(Deployment.of(LATE, late).withJettyRealm(realm()));
        server = JettyServer.start(ServerOptions.defaults(), deployments);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
        database.close();
        Directories.delete(directory);
    }

    @ParameterizedTest
    @EnumSource
    void t131_redeployedApplicationAsksTheModule(LifeCycleSite site) {
        logOn(site.browser(server));

        server.redeploy(deployment(site));
        site.assertProtected(server);
    }

    /** Jetty starts such an application with servlets of its ended class loader: it works no more, and lets nobody in. */
    @Test
    void t131_applicationRestartedInPlaceLetsNobodyPastTheModule() {
        LifeCycleSite site = LifeCycleSite.FORM;
        server.restart(site.contextPath());

        assertThat(site.browser(server).visit("secret/caller").location()).contains("/passkey/logon?to=");
        site.assertStrangerStaysOut(server);
        server.redeploy(deployment(site));
        site.assertProtected(server);
    }

    /** Jetty keeps the authenticator of the application without the module. */
    @Test
    void t131_applicationRestartedWithItsFirstModuleServesNoCaller() {
        DoorBrowser stranger = logStrangerOn();
        assertThat(stranger.visit("secret/caller").body()).startsWith("caller=" + LifeCycleSite.STRANGER);

        LifeCycleSite.FORM.grafted(directory.resolve("late-graft"), database);
        for (String part : List.of("WEB-INF/lib", "WEB-INF/passkey.properties")) {
            Directories.copyInto(
                    directory.resolve("late-graft").resolve(part),
                    directory.resolve("late").resolve(part));
        }
        server.restart(LATE);

        DoorBrowser again = logStrangerOn();
        assertThat(again.visit("secret/caller").status()).isEqualTo(503);
        assertThat(again.visit("public/caller").status()).isEqualTo(503);
        assertThat(server.log()).contains("does not ask the ServerAuthModule of Passkey Graft in " + LATE);
    }

    private Deployment deployment(LifeCycleSite site) {
        return Deployment.of(site.contextPath(), directory.resolve(site.name())).withJettyRealm(realm());
    }

    private DoorBrowser logStrangerOn() {
        DoorBrowser browser = new DoorBrowser(server.uri(LATE));
        browser.visit("secret/caller");
        browser.submit(
                "j_security_check", Map.of("j_username", LifeCycleSite.STRANGER, "j_password", LifeCycleSite.STRANGER));
        return browser;
    }

    private static LoginService realm() {
        UserStore users = new UserStore();
        users.addUser(
                LifeCycleSite.STRANGER, Credential.getCredential(LifeCycleSite.STRANGER), new String[] {"user", "admin"
                });
        HashLoginService realm = new HashLoginService("contract");
        realm.setUserStore(users);
        return realm;
    }
}
