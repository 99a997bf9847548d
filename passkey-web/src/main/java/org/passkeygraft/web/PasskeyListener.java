package org.passkeygraft.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.jaspic.Grafting;

/**
 * Starts Passkey Graft where the container calls no initializers, such as Jetty without annotations, or where an
 * {@code absolute-ordering} leaves our jars out: declare it in web.xml, before the application's own listeners. Where the
 * initializer was called it does nothing.
 */
public final class PasskeyListener implements ServletContextListener {
    private @Nullable Grafting grafting;

    /**
     * Starts.
     *
     * @throws IllegalStateException if anything is wrong; the application must not start then
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            grafting = Grafting.beginLate(event.getServletContext()).orElse(null);
        } catch (ServletException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (grafting != null) {
            grafting.close();
        }
    }
}
