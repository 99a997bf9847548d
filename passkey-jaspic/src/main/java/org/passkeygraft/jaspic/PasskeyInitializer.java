package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Grafts passkeys onto a web application when it starts, on every container that calls initializers.
 *
 * <p>Mentions no type of Jakarta Authentication: it loads on every servlet container, also where that API is hidden.
 */
@HandlesTypes(ServletSecurity.class)
public final class PasskeyInitializer implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> annotated, ServletContext context) throws ServletException {
        Optional<Grafting> begun = Grafting.begin(context, annotated);
        begun.ifPresent(grafting -> closeWith(context, grafting));
    }

    private static void closeWith(ServletContext context, Grafting grafting) {
        try {
            context.addListener(new Closing(grafting));
        } catch (RuntimeException refused) {
            grafting.close();
            throw refused;
        }
    }

    /** Undoes the start when the application ends. */
    private record Closing(Grafting grafting) implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            grafting.close();
        }
    }
}
