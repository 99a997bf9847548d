package org.passkeygraft.web.view;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.ee10.apache.jsp.JettyJasperInitializer;
import org.eclipse.jetty.ee10.jsp.JettyJspServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Shows every sample page as the product would: JSP of the module, our headers, and no servlet of ours behind it. */
final class PageServer implements AutoCloseable {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Server server = new Server(0);

    PageServer() {
        ServletContextHandler context = new ServletContextHandler(Samples.CONTEXT);
        context.setBaseResource(ResourceFactory.of(context).newClassLoaderResource("META-INF/resources/"));
        context.setTempDirectory(new File("target/jsp").getAbsoluteFile());
        // Jasper finds the classes to compile against, and JSTL, only through a URLClassLoader.
        context.setClassLoader(new URLClassLoader(new URL[0], PageServer.class.getClassLoader()));
        context.addServletContainerInitializer(new JettyJasperInitializer());
        ServletHolder jsp = context.addServlet(JettyJspServlet.class, "*.jsp");
        jsp.setInitParameter("compilerTargetVM", "17");
        jsp.setInitParameter("compilerSourceVM", "17");
        context.addServlet(new ServletHolder(new SampleServlet()), "/sample/*");
        context.addServlet(new ServletHolder(new AssetServlet()), "/passkey/test/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception broken) {
            throw new IllegalStateException("Jetty did not start", broken);
        }
    }

    String address(String host) {
        return "http://" + host + ":" + ((ServerConnector) server.getConnectors()[0]).getLocalPort() + Samples.CONTEXT;
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    /** {@code /sample/<name>?language=<tag>}. */
    private static final class SampleServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            String language =
                    Optional.ofNullable(request.getParameter("language")).orElse("en");
            Page page = Objects.requireNonNull(
                    new Samples(language).all().get(request.getPathInfo().substring(1)), request.getPathInfo());
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("Referrer-Policy", "same-origin");
            request.setAttribute("page", page);
            request.getRequestDispatcher("/WEB-INF/passkey/" + page.view()).forward(request, response);
        }
    }

    private static final class AssetServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String name = "/META-INF/resources/passkey" + request.getPathInfo();
            response.setContentType(request.getServletContext().getMimeType(name));
            try (InputStream content = Objects.requireNonNull(PageServer.class.getResourceAsStream(name), name)) {
                content.transferTo(response.getOutputStream());
            }
        }
    }
}
