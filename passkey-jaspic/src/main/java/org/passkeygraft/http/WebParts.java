package org.passkeygraft.http;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.passkeygraft.config.PasskeyConfiguration;

/** What is added to an application for browsers: pages and filter. Found through the ServiceLoader at its start. */
public interface WebParts {
    /**
     * Registers what the application has not declared itself.
     *
     * @throws ServletException if something of the application's stands in the way; it must not start then
     */
    void register(ServletContext context, PasskeyConfiguration configuration) throws ServletException;
}
