package org.passkeygraft.jaspic;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import org.passkeygraft.http.RuntimeContext;

/**
 * Makes the container ask our module, and stops it doing so when the application ends. Loaded by name, so that an
 * application starts with a clear message on a server that hides or lacks Jakarta Authentication.
 */
final class ModuleRegistration implements Door {
    private final AuthConfigFactory factory;
    private final String registrationId;

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
        String id = factory.registerConfigProvider(
                new PasskeyAuthConfigProvider(RuntimeContext.of(context)),
                PasskeyAuthConfigProvider.LAYER,
                applicationContext(context),
                "Passkey Graft");
        return new ModuleRegistration(factory, id);
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
        factory.removeRegistration(registrationId);
    }
}
