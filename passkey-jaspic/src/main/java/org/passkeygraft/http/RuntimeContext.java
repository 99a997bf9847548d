package org.passkeygraft.http;

import jakarta.servlet.ServletContext;
import java.util.Optional;
import org.passkeygraft.engine.PasskeyRuntime;

/** Where a web application keeps its runtime: one attribute of its own servlet context, seen by nobody else. */
public final class RuntimeContext {
    private static final String ATTRIBUTE = "org.passkeygraft.runtime";

    private RuntimeContext() {}

    public static void put(ServletContext context, PasskeyRuntime runtime) {
        context.setAttribute(ATTRIBUTE, runtime);
    }

    public static void remove(ServletContext context) {
        context.removeAttribute(ATTRIBUTE);
    }

    public static Optional<PasskeyRuntime> find(ServletContext context) {
        return Optional.ofNullable((PasskeyRuntime) context.getAttribute(ATTRIBUTE));
    }

    /**
     * The runtime of this application.
     *
     * @throws IllegalStateException if the application was not grafted: nothing of ours may go on then
     */
    public static PasskeyRuntime of(ServletContext context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException("Passkey Graft did not start in "
                        + context.getContextPath() + ": the log of the application's start says why"));
    }
}
