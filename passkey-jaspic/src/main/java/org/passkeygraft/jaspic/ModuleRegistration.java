package org.passkeygraft.jaspic;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.RegistrationListener;
import jakarta.servlet.ServletContext;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.passkeygraft.http.RuntimeContext;

/**
 * Makes the container ask our module while the application runs. When the application ends, another version of it that
 * still runs takes over, else a provider that refuses every request (T-131). Loaded by name, so that an application starts
 * with a clear message on a server that hides or lacks Jakarta Authentication.
 *
 * <p>All changes to a factory's registrations happen under the lock of that factory, which all applications share.
 */
final class ModuleRegistration implements Door {
    private static final System.Logger LOG = System.getLogger(ModuleRegistration.class.getName());

    private final AuthConfigFactory factory;
    private final ServletContext context;
    private final String application;
    private final PasskeyAuthConfigProvider provider;
    /** One object, by which the factory knows it again. */
    private final RegistrationListener listener = this::replaced;

    private volatile boolean closed;

    private ModuleRegistration(
            AuthConfigFactory factory, ServletContext context, String application, PasskeyAuthConfigProvider provider) {
        this.factory = factory;
        this.context = context;
        this.application = application;
        this.provider = provider;
    }

    static Door register(ServletContext context) {
        AuthConfigFactory factory = Optional.ofNullable(AuthConfigFactory.getFactory())
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the server has no AuthConfigFactory; on Jetty, call"
                                        + " AuthConfigFactory.setFactory(new DefaultAuthConfigFactory()) before the application starts"));
        String application = applicationContext(context);
        synchronized (factory) {
            Optional<AuthConfigProvider> before = registered(factory, application);
            before.filter(other -> !isOurs(other)).ifPresent(ModuleRegistration::refuseBeside);
            PasskeyAuthConfigProvider provider = new PasskeyAuthConfigProvider(
                    RuntimeContext.of(context),
                    before.flatMap(ModuleRegistration::versions).orElseGet(ConcurrentLinkedDeque::new));
            ModuleRegistration registration = new ModuleRegistration(factory, context, application, provider);
            registration.open();
            return registration;
        }
    }

    private void open() {
        provider.putInto(context);
        provider.get().add(provider);
        put(provider);
        factory.getConfigProvider(PasskeyAuthConfigProvider.LAYER, application, listener);
    }

    /** Registers it in place of the one before; containers that listened to that one look for the new one then. */
    private void put(AuthConfigProvider next) {
        factory.registerConfigProvider(next, PasskeyAuthConfigProvider.LAYER, application, "Passkey Graft");
    }

    /** Returns the provider of exactly this application; one for every application is a default, which ours comes before. */
    private static Optional<AuthConfigProvider> registered(AuthConfigFactory factory, String application) {
        return Optional.ofNullable(factory.getConfigProvider(PasskeyAuthConfigProvider.LAYER, application, null))
                .filter(found -> Stream.of(factory.getRegistrationIDs(found))
                        .map(factory::getRegistrationContext)
                        .anyMatch(there -> there != null && application.equals(there.getAppContext())));
    }

    private static boolean isOurs(AuthConfigProvider found) {
        return PasskeyAuthConfigProvider.isOne(found) || RefusingProvider.isOne(found);
    }

    /** Of two modules the container would ask one: which of them protects the application must not be a matter of luck. */
    private static void refuseBeside(AuthConfigProvider other) {
        throw new IllegalStateException("another ServerAuthModule is registered for it by "
                + other.getClass().getName() + ": remove that one, or drop the application's constraints and"
                + " take passkey.door=filter");
    }

    /** Returns the list that the running versions of the application share, where this is the provider of one. */
    @SuppressWarnings("unchecked") // each version only ever adds its provider
    private static Optional<Deque<AuthConfigProvider>> versions(AuthConfigProvider found) {
        return found instanceof Supplier<?> ofVersion
                ? Optional.of((Deque<AuthConfigProvider>) ofVersion.get())
                : Optional.empty();
    }

    /** The container tells that it asks somebody else from now on (section 2.1.1.3): another version of ours may be. */
    private void replaced(String layer, String id) {
        if (closed) {
            return;
        }
        AuthConfigProvider now = factory.getConfigProvider(PasskeyAuthConfigProvider.LAYER, application, listener);
        if (now == null || !isOurs(now)) {
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
        synchronized (factory) {
            PasskeyAuthConfigProvider.removeFrom(context);
            provider.get().remove(provider);
            factory.detachListener(listener, PasskeyAuthConfigProvider.LAYER, application);
            if (registered(factory, application)
                    .filter(found -> found == provider)
                    .isPresent()) {
                handOver();
            }
        }
    }

    private void handOver() {
        AuthConfigProvider newest = provider.get().peekLast();
        if (newest != null) {
            put(newest);
        } else if (context.getServerInfo().startsWith("jetty/")) {
            // Jetty answers with an error where it finds none, and looks again with the next request.
            Stream.of(factory.getRegistrationIDs(provider)).forEach(factory::removeRegistration);
        } else {
            put(RefusingProvider.create(application));
            LOG.log(
                    System.Logger.Level.INFO,
                    "Passkey Graft has ended at {0}; until it starts there again, the server answers requests with 503",
                    context.getContextPath());
        }
    }
}
