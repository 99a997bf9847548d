package org.passkeygraft.jaspic;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.List;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Door;

/**
 * What will not do, though nothing forbids the start: each finding with the line that helps. What would leave the
 * application unprotected is no advice but stops the start.
 */
final class StartAdvice {
    private static final String PAGE = "/WEB-INF/passkey/logon.jsp";

    private StartAdvice() {}

    static List<String> of(PasskeyConfiguration configuration, Descriptors descriptors, ServletContext context) {
        List<String> advice = new ArrayList<>();
        if (!isServed(context)) {
            advice.add("the pages of passkey-web are not found: let the server scan WEB-INF/lib/passkey-web-*.jar for"
                    + " META-INF/resources, or copy them from there into the application");
        }
        if (context.getServletRegistrations().values().stream().noneMatch(StartAdvice::compilesPages)) {
            advice.add("no servlet answers *.jsp, so the logon page cannot be shown: add the server's JSP engine; on"
                    + " Jetty, jetty-ee10-apache-jsp");
        }
        if (configuration.door() == Door.MODULE) {
            descriptors
                    .methodsLeftOpen()
                    .forEach(pattern -> advice.add("web.xml constrains only some methods of " + pattern
                            + " and leaves the others open: add <deny-uncovered-http-methods/>"));
        }
        return advice;
    }

    private static boolean isServed(ServletContext context) {
        try {
            return context.getResource(PAGE) != null;
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(PAGE, impossible);
        }
    }

    private static boolean compilesPages(ServletRegistration servlet) {
        return servlet.getMappings().contains("*.jsp")
                && !String.valueOf(servlet.getClassName()).endsWith("NoJspServlet");
    }
}
