package org.passkeygraft.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.Registration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.http.WebParts;

/**
 * Registers our servlets and our filter, the only place that does: by code, so that it makes no difference whether the
 * application's descriptor lets fragments in. What the application declares itself, with the same class, is left alone.
 */
public final class PasskeyServlets implements WebParts {
    private static final String NAME = "passkey";
    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "passkey-logon",
                    LogonServlet.class,
                    List.of("/passkey/logon/*", "/passkey/logout", "/passkey/ticket")),
            new Entry("passkey-second-factor", SecondFactorServlet.class, List.of("/passkey/second-factor/*")),
            new Entry("passkey-confirmation", ConfirmationServlet.class, List.of("/passkey/confirm/*")),
            new Entry(
                    "passkey-passkeys",
                    PasskeysServlet.class,
                    List.of("/passkey/bind/*", "/passkey/security", "/passkey/passkeys/*")),
            new Entry(
                    "passkey-administration",
                    AdministrationServlet.class,
                    List.of("/passkey/admin", "/passkey/admin/settings")),
            new Entry("passkey-sessions", SessionsServlet.class, List.of("/passkey/sessions/*")),
            new Entry("passkey-users", UsersServlet.class, List.of("/passkey/admin/users/*")),
            new Entry("passkey-reset", ResetServlet.class, List.of("/passkey/reset/*")),
            new Entry("passkey-backup", BackupServlet.class, List.of("/passkey/backup/*")),
            new Entry("passkey-upgrade", UpgradeServlet.class, List.of("/passkey/upgrade/*")),
            new Entry(
                    "passkey-audit", AuditServlet.class, List.of("/passkey/admin/audit/*", "/passkey/admin/adoption")),
            new Entry("passkey-metrics", MetricsServlet.class, List.of("/passkey/metrics")),
            new Entry("passkey-files", FilesServlet.class, List.of("/passkey/*")));

    /** Whether a servlet of this class is ours. */
    static boolean isOurs(@Nullable String className) {
        return ENTRIES.stream().anyMatch(entry -> entry.type().getName().equals(className));
    }

    @Override
    public void register(ServletContext context, PasskeyConfiguration configuration) throws ServletException {
        for (Entry entry : ENTRIES) {
            if (!isDeclared(context.getServletRegistrations(), entry.type())) {
                add(entry, configuration, context);
            }
        }
        if (configuration.entrance().registersFilter()
                && !isDeclared(context.getFilterRegistrations(), PasskeyFilter.class)) {
            addFilter(context);
        }
    }

    private static boolean isDeclared(Map<String, ? extends Registration> registrations, Class<?> type) {
        return registrations.values().stream().anyMatch(there -> type.getName().equals(there.getClassName()));
    }

    private static void add(Entry entry, PasskeyConfiguration configuration, ServletContext context)
            throws ServletException {
        ServletRegistration.Dynamic servlet = context.addServlet(entry.name(), entry.type());
        if (servlet == null) {
            throw taken("a servlet named " + entry.name(), context);
        }
        Set<String> conflicts = servlet.addMapping(entry.patterns().toArray(String[]::new));
        if (!conflicts.isEmpty()) {
            throw taken("a servlet at " + conflicts, context);
        }
        // An application that protects everything must let callers reach the pages where they log on. What only a
        // caller may see there, the servlets guard themselves.
        servlet.setServletSecurity(open(configuration.entrance().declared().confidential()));
    }

    /**
     * Opens an address, over the transport that the application's own constraints ask for (T-130). What is posted in clear
     * reaches us, so that we refuse it and record it; a container would send the browser to the same address with GET.
     */
    private static ServletSecurityElement open(boolean confidential) {
        HttpConstraintElement shown =
                new HttpConstraintElement(confidential ? TransportGuarantee.CONFIDENTIAL : TransportGuarantee.NONE);
        // Method by method: Jetty and Tomcat take an element without anything in it for none at all.
        return new ServletSecurityElement(List.of(
                new HttpMethodConstraintElement("GET", shown),
                new HttpMethodConstraintElement("HEAD", shown),
                new HttpMethodConstraintElement("POST")));
    }

    /** Before all filters that the application declares, in every dispatch. */
    private static void addFilter(ServletContext context) throws ServletException {
        FilterRegistration.Dynamic filter = context.addFilter(NAME, PasskeyFilter.class);
        if (filter == null) {
            throw taken("a filter named " + NAME, context);
        }
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static ServletException taken(String what, ServletContext context) {
        return new ServletException("Passkey Graft cannot be added to " + context.getContextPath()
                + ": the application has " + what + " already; rename it");
    }

    /** A servlet of ours and where it answers. */
    private record Entry(String name, Class<? extends Servlet> type, List<String> patterns) {}
}
