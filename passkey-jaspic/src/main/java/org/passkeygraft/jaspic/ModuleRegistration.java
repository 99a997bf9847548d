package org.passkeygraft.jaspic;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.passkeygraft.http.RuntimeContext;

/**
 * Makes the container ask our module, and stops it doing so when the application ends. Loaded by name, so that an
 * application starts with a clear message on a server that hides or lacks Jakarta Authentication.
 */
final class ModuleRegistration implements Door {
    private static final System.Logger LOG = System.getLogger(ModuleRegistration.class.getName());

    private final AuthConfigFactory factory;
    private final String registrationId;
    private volatile boolean closed;

    private ModuleRegistration(AuthConfigFactory factory, String registrationId) {
        this.factory = factory;
        this.registrationId = registrationId;
    }

    static Door register(ServletContext context) {
        AuthConfigFactory factory = Optional.ofNullable(AuthConfigFactory.getFactory())
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the server has no AuthConfigFactory; on Jetty, call"
                                        + " AuthConfigFactory.setFactory(new DefaultAuthConfigFactory()) before the application starts"));
        String application = applicationContext(context);
        refuseBesideAnother(factory, application);
        String id = factory.registerConfigProvider(
                new PasskeyAuthConfigProvider(RuntimeContext.of(context)),
                PasskeyAuthConfigProvider.LAYER,
                application,
                "Passkey Graft");
        ModuleRegistration registration = new ModuleRegistration(factory, id);
        factory.getConfigProvider(PasskeyAuthConfigProvider.LAYER, application, registration::replaced);
        return registration;
    }

    /** Of two modules the container would ask one: which of them protects the application must not be a matter of luck. */
    private static void refuseBesideAnother(AuthConfigFactory factory, String application) {
        AuthConfigProvider other = factory.getConfigProvider(PasskeyAuthConfigProvider.LAYER, application, null);
        boolean ofThisApplication = other != null
                && Stream.of(factory.getRegistrationIDs(other))
                        .map(factory::getRegistrationContext)
                        // One for every application is a default of the server's: ours comes before it.
                        .anyMatch(registration ->
                                registration != null && application.equals(registration.getAppContext()));
        if (ofThisApplication) {
            throw new IllegalStateException("another ServerAuthModule is registered for it by "
                    + other.getClass().getName() + ": remove that one, or drop the application's constraints and"
                    + " take passkey.door=filter");
        }
    }

    /** The container tells that it asks somebody else from now on (section 2.1.1.3). */
    private void replaced(String layer, String application) {
        if (!closed) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "another ServerAuthModule took the place of Passkey Graft for {0}: no passkey logon holds there;"
                            + " remove what registers it, such as an authentication mechanism of Jakarta Security",
                    application);
        }
    }

    /** The id under which a container looks for our module (section 3.2); Jetty calls its nameless host {@code server}. */
    private static String applicationContext(ServletContext context) {
        String host = context.getVirtualServerName();
        if (host != null) {
            return host + " " + context.getContextPath();
        }
        return "server " + (context.getContextPath().isEmpty() ? "/" : context.getContextPath());
    }

    @Override
    public void close() {
        closed = true;
        factory.removeRegistration(registrationId);
    }
}
