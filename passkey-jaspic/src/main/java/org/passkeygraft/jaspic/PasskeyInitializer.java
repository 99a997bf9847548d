package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RuntimeContext;

/**
 * Grafts passkeys onto a web application when it starts: reads the configuration, opens the runtime, opens the door. Any
 * failure stops the start, so that an application is never served half protected (T-88).
 *
 * <p>Mentions no type of Jakarta Authentication: it loads on every servlet container, also where that API is hidden.
 */
@HandlesTypes(ServletSecurity.class)
public final class PasskeyInitializer implements ServletContainerInitializer {
    private static final System.Logger LOG = System.getLogger(PasskeyInitializer.class.getName());
    private static final String FILE = "/WEB-INF/passkey.properties";
    private static final String MODULE = "org.passkeygraft.jaspic.ModuleRegistration";

    @Override
    public void onStartup(@Nullable Set<Class<?>> annotated, ServletContext context) throws ServletException {
        PasskeyConfiguration configuration = configuration(context);
        PasskeyRuntime runtime = open(configuration, context);
        RuntimeContext.put(context, runtime);
        Closing closing = new Closing(runtime);
        try {
            closing.alsoClose(door(configuration, context, annotated));
            context.addListener(closing);
            hardenSessions(configuration, context);
            LOG.log(
                    System.Logger.Level.INFO,
                    "Passkey Graft on {0} at {1}: {2}",
                    context.getServerInfo(),
                    context.getContextPath(),
                    runtime.description());
        } catch (ServletException | RuntimeException refused) {
            closing.close(context);
            throw refused;
        }
    }

    private static PasskeyConfiguration configuration(ServletContext context) throws ServletException {
        try {
            return PasskeyConfiguration.load(new Settings(
                    System::getProperty,
                    System.getenv(),
                    contextParams(context),
                    file(context),
                    context.getContextPath()));
        } catch (ConfigurationException problems) {
            throw new ServletException(problems.getMessage(), problems);
        } catch (IOException unreadable) {
            throw new ServletException(FILE + " cannot be read", unreadable);
        }
    }

    private static Map<String, String> contextParams(ServletContext context) {
        Map<String, String> params = new HashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            params.put(name, context.getInitParameter(name));
        }
        return params;
    }

    private static Map<String, String> file(ServletContext context) throws IOException {
        try (InputStream content = context.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (content != null) {
                properties.load(content);
            }
            Map<String, String> settings = new HashMap<>();
            properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
            return settings;
        }
    }

    private static PasskeyRuntime open(PasskeyConfiguration configuration, ServletContext context)
            throws ServletException {
        try {
            return PasskeyRuntime.open(configuration, context.getContextPath(), context.getClassLoader());
        } catch (RuntimeException failed) {
            throw new ServletException("Passkey Graft cannot start: " + failed.getMessage(), failed);
        }
    }

    private static Door door(
            PasskeyConfiguration configuration, ServletContext context, @Nullable Set<Class<?>> annotated)
            throws ServletException {
        boolean needed = configuration.door() == PasskeyConfiguration.Door.MODULE || hasConstraints(context, annotated);
        if (needed) {
            return registerModule(context);
        }
        refuseWithoutModule(configuration, context);
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} declares no security-constraint: Passkey Graft serves its pages, but" + " protects nothing",
                context.getContextPath());
        return () -> {};
    }

    /** Whoever opens another door than the module: there, nobody could ask the container's realm. */
    private static void refuseWithoutModule(PasskeyConfiguration configuration, ServletContext context)
            throws ServletException {
        if (configuration.accounts() instanceof PasskeyConfiguration.Accounts.Container) {
            throw new ServletException("Passkey Graft cannot start in " + context.getContextPath()
                    + ": passkey.accounts.kind is \"container\": only the module can ask the container's realm; declare a"
                    + " security-constraint or write passkey.door = module, or choose another kind, such as jaas");
        }
    }

    private static boolean hasConstraints(ServletContext context, @Nullable Set<Class<?>> annotated)
            throws ServletException {
        try {
            return DeclaredConstraints.exist(context, annotated);
        } catch (IOException unreadable) {
            throw new ServletException("the constraints of " + context.getContextPath() + " are unknown", unreadable);
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

    /** Cookies only, not readable by scripts, not sent by other sites; Secure where every origin is https. */
    private static void hardenSessions(PasskeyConfiguration configuration, ServletContext context) {
        if (!configuration.session().hardenCookies()) {
            return;
        }
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        cookie.setHttpOnly(true);
        if (cookie.getAttribute("SameSite") == null) {
            cookie.setAttribute("SameSite", "Lax");
        }
        if (configuration.relyingParty().origins().stream().allMatch(origin -> origin.startsWith("https:"))) {
            cookie.setSecure(true);
        }
        Set<SessionTrackingMode> modes = EnumSet.copyOf(context.getEffectiveSessionTrackingModes());
        modes.remove(SessionTrackingMode.URL);
        context.setSessionTrackingModes(modes.isEmpty() ? EnumSet.of(SessionTrackingMode.COOKIE) : modes);
    }

    /** Undoes the start, whether the application ends or never got so far. */
    private static final class Closing implements ServletContextListener {
        private final PasskeyRuntime runtime;
        private final List<Door> doors = new ArrayList<>();

        Closing(PasskeyRuntime runtime) {
            this.runtime = runtime;
        }

        void alsoClose(Door door) {
            doors.add(door);
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            close(event.getServletContext());
        }

        void close(ServletContext context) {
            try {
                doors.forEach(Door::close);
            } finally {
                RuntimeContext.remove(context);
                runtime.close();
            }
        }
    }
}
