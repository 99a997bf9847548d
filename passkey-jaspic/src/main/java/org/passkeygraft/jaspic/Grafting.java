package org.passkeygraft.jaspic;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Basic;
import org.passkeygraft.config.PasskeyConfiguration.Entrance;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RuntimeContext;
import org.passkeygraft.http.WebParts;

/**
 * The start of Passkey Graft in one web application: reads the configuration, opens the runtime, adds the pages and the
 * filter, opens the door. Any failure stops the start, so that an application is never served half protected (T-88).
 *
 * <p>Mentions no type of Jakarta Authentication, so that it loads where that API is hidden.
 */
public final class Grafting implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Grafting.class.getName());
    private static final String MODULE = "org.passkeygraft.jaspic.ModuleRegistration";
    private static final String FILTER = "org.passkeygraft.web.PasskeyFilter";

    private final ServletContext context;
    private final PasskeyRuntime runtime;
    private Door door = () -> {};

    private Grafting(ServletContext context, PasskeyRuntime runtime) {
        this.context = context;
        this.runtime = runtime;
    }

    /**
     * Starts from an initializer.
     *
     * @param annotated classes with a {@code @ServletSecurity}, null for none
     * @return what has to be closed when the application ends; empty if the application was grafted before
     * @throws ServletException if anything is wrong; nothing is left open then, and the application must not start
     */
    public static Optional<Grafting> begin(ServletContext context, @Nullable Set<Class<?>> annotated)
            throws ServletException {
        return RuntimeContext.find(context).isPresent() ? Optional.empty() : Optional.of(start(context, annotated));
    }

    /**
     * The same from a listener, where no initializer was called.
     *
     * @throws ServletException as {@link #begin}, and where the container has already decided who authenticates
     */
    public static Optional<Grafting> beginLate(ServletContext context) throws ServletException {
        Optional<Grafting> begun = begin(context, null);
        boolean byModule =
                begun.isPresent() && begun.get().runtime.configuration().door() == PasskeyConfiguration.Door.MODULE;
        if (byModule && context.getServerInfo().startsWith("jetty/")) {
            begun.get().close();
            throw new ServletException(cannotProtect(context)
                    + "Jetty takes no ServerAuthModule from a listener: add jetty-ee10-annotations to the server, so that"
                    + " it calls initializers");
        }
        return begun;
    }

    private static Grafting start(ServletContext context, @Nullable Set<Class<?>> annotated) throws ServletException {
        PasskeyConfiguration written = ApplicationSettings.read(context);
        Descriptors descriptors = descriptors(context);
        PasskeyConfiguration configuration = written.in(
                door(written, descriptors.constrain(annotated), context),
                entrance(written.entrance(), descriptors).with(descriptors.declared(annotated)));
        refuseRealmWithoutModule(configuration, context);
        refuseTicketsWithoutForm(configuration, descriptors, context);
        StorePlace.refuseServed(configuration.store().database(), context);
        Grafting grafting = new Grafting(context, open(configuration, context));
        try {
            RuntimeContext.put(context, grafting.runtime);
            grafting.addTo(configuration, descriptors);
            return grafting;
        } catch (ServletException | RuntimeException | Error refused) {
            grafting.close();
            throw refused;
        }
    }

    private void addTo(PasskeyConfiguration configuration, Descriptors descriptors) throws ServletException {
        for (WebParts parts : ServiceLoader.load(WebParts.class, context.getClassLoader())) {
            parts.register(context, configuration);
        }
        if (!configuration.protections().isEmpty() || configuration.door() == PasskeyConfiguration.Door.JAAS) {
            requireFilter(context, descriptors);
        }
        if (configuration.door() == PasskeyConfiguration.Door.MODULE) {
            door = registerModule(context);
        }
        SessionHardening.apply(configuration, context);
        StartAdvice.of(configuration, descriptors, context).forEach(sentence -> warn(context, sentence));
        LOG.log(
                System.Logger.Level.INFO,
                "Passkey Graft on {0} at {1}: door {2}, {3}",
                context.getServerInfo(),
                context.getContextPath(),
                configuration.door(),
                runtime.description());
    }

    private static Descriptors descriptors(ServletContext context) throws ServletException {
        try {
            return Descriptors.of(context);
        } catch (IOException unreadable) {
            throw new ServletException("the constraints of " + context.getContextPath() + " are unknown", unreadable);
        }
    }

    /** Behind another door than the module nobody could ask the container's realm. */
    private static void refuseRealmWithoutModule(PasskeyConfiguration configuration, ServletContext context)
            throws ServletException {
        if (configuration.accounts() instanceof PasskeyConfiguration.Accounts.Container
                && configuration.door() != PasskeyConfiguration.Door.MODULE) {
            throw new ServletException(
                    "Passkey Graft cannot start in " + context.getContextPath()
                            + ": passkey.accounts.kind is \"container\": only the module can ask the container's realm; declare a"
                            + " security-constraint or write passkey.door = module, or choose another kind, such as file or jaas");
        }
    }

    /** A ticket goes where a password is typed; what logs callers on without a form would do so again and again. */
    private static void refuseTicketsWithoutForm(
            PasskeyConfiguration configuration, Descriptors descriptors, ServletContext context)
            throws ServletException {
        if (configuration.door() == PasskeyConfiguration.Door.JAAS && descriptors.sayOtherThanForm()) {
            throw new ServletException(cannotProtect(context)
                    + "passkey.door=jaas stands behind FORM, and its login-config says otherwise: write"
                    + " <auth-method>FORM</auth-method>, or take passkey.door=module");
        }
    }

    /** The door in use; that none is wanted is told, for it is seldom meant. */
    private static PasskeyConfiguration.Door door(
            PasskeyConfiguration configuration, boolean constrained, ServletContext context) {
        PasskeyConfiguration.Door wanted = configuration.door();
        if (wanted == PasskeyConfiguration.Door.FILTER && constrained) {
            warn(context, "declares a security-constraint: there the container asks for its own logon, not for ours");
        }
        if (wanted != PasskeyConfiguration.Door.AUTO) {
            return wanted;
        }
        if (constrained) {
            return PasskeyConfiguration.Door.MODULE;
        }
        if (!configuration.protections().isEmpty()) {
            return PasskeyConfiguration.Door.FILTER;
        }
        warn(
                context,
                "declares no security-constraint and has no passkey.protect.1.pattern: Passkey Graft serves its"
                        + " pages, but protects nothing");
        return PasskeyConfiguration.Door.AUTO;
    }

    private static void warn(ServletContext context, String sentence) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1}", context.getContextPath(), sentence);
    }

    private static Entrance entrance(Entrance configured, Descriptors descriptors) {
        boolean basic = configured.basic() == Basic.ON || (configured.basic() == Basic.AUTO && descriptors.sayBasic());
        String realm = descriptors
                .realmName()
                .filter(name -> name.chars().allMatch(c -> c >= ' ' && c < 127))
                .orElse(configured.realm());
        return configured.withBasic(basic, realm);
    }

    private static PasskeyRuntime open(PasskeyConfiguration configuration, ServletContext context)
            throws ServletException {
        try {
            return PasskeyRuntime.open(configuration, context.getContextPath(), context.getClassLoader());
        } catch (RuntimeException failed) {
            throw new ServletException("Passkey Graft cannot start: " + failed.getMessage(), failed);
        }
    }

    /** Without the filter before everything, no protect rule would hold, and a lock would not end a container's logon. */
    private static void requireFilter(ServletContext context, Descriptors descriptors) throws ServletException {
        // No registration tells its dispatches, and Jetty tells a descriptor's mappings only later: it is asked itself.
        boolean there = descriptors.declareFilter(FILTER)
                ? descriptors.mapToEverything(FILTER)
                : context.getFilterRegistrations().values().stream()
                        .filter(filter -> FILTER.equals(filter.getClassName()))
                        .map(FilterRegistration::getUrlPatternMappings)
                        .anyMatch(patterns -> patterns.contains("/*"));
        if (!there) {
            throw new ServletException(
                    cannotProtect(context) + "passkey.protect and passkey.door=jaas need the filter " + FILTER
                            + " before every path: leave passkey.filter at auto with passkey-web among the application's jars,"
                            + " or declare it in web.xml, mapped to /* with all dispatchers");
        }
    }

    private static Door registerModule(ServletContext context) throws ServletException {
        try {
            Method register = Class.forName(MODULE).getDeclaredMethod("register", ServletContext.class);
            return (Door) register.invoke(null, context);
        } catch (InvocationTargetException refused) {
            Throwable reason = refused.getTargetException();
            if (reason instanceof LinkageError) {
                throw hidden(context, reason);
            }
            throw new ServletException(cannotProtect(context) + reason.getMessage(), reason);
        } catch (ReflectiveOperationException | LinkageError hidden) {
            throw hidden(context, hidden);
        }
    }

    private static ServletException hidden(ServletContext context, Throwable reason) {
        return new ServletException(
                cannotProtect(context)
                        + "the server hides or lacks Jakarta Authentication; on Jetty, add jetty-ee10-jaspi"
                        + " and call addHiddenClassMatcher(new ClassMatcher(\"-jakarta.security.auth.message.\")) on the"
                        + " WebAppContext",
                reason);
    }

    private static String cannotProtect(ServletContext context) {
        return "Passkey Graft cannot protect " + context.getContextPath() + ": ";
    }

    /** Undoes the start, whether the application ends or never got so far. */
    @Override
    public void close() {
        try {
            door.close();
        } finally {
            RuntimeContext.remove(context);
            runtime.close();
        }
    }
}
