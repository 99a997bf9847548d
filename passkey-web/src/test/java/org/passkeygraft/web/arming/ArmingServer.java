package org.passkeygraft.web.arming;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.RuntimeContext;
import org.passkeygraft.web.PasskeyFilter;

/** An application behind our filter whose login pages, at the addresses {@code /<name>}, are written in all the ways there are. */
final class ArmingServer implements AutoCloseable {
    private static final String DATABASE = "jdbc:h2:mem:arming;DB_CLOSE_DELAY=-1";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server = new Server(0);
    private final PasskeyRuntime runtime;

    /** Writes one answer. */
    @FunctionalInterface
    interface Answer {
        void to(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** @param files of the application, served as they are */
    ArmingServer(Path files, Map<String, Answer> answers) throws Exception {
        try (Connection database = DriverManager.getConnection(DATABASE)) {
            database.createStatement().execute("create table app_user (name varchar(9), hash varchar(99))");
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "passkey.rp.id", "localhost",
                "passkey.rp.origins", "http://localhost:8080",
                "passkey.store.url", "jdbc:h2:mem:armingstore;DB_CLOSE_DELAY=-1",
                "passkey.accounts.url", DATABASE,
                "passkey.accounts.sql.by-name",
                        "select name as account_name, hash as password_hash from app_user where name = :name",
                "passkey.accounts.sql.groups", "select name from app_user where name = :name"));
        settings.put("passkey.arm.pages", "/login.html /" + String.join(" /", answers.keySet()));
        runtime = PasskeyRuntime.open(
                PasskeyConfiguration.load(new Settings(name -> null, Map.of(), Map.of(), settings, "/shop")),
                "/shop",
                ArmingServer.class.getClassLoader());
        ServletContextHandler context = new ServletContextHandler("/shop");
        context.setBaseResourceAsPath(files);
        RuntimeContext.put(context.getServletContext(), runtime);
        FilterHolder filter = new FilterHolder(new PasskeyFilter());
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        answers.forEach((name, answer) -> context.addServlet(holder(answer), "/" + name));
        context.addServlet(holder(Objects.requireNonNull(answers.get("stream"))), "/other");
        context.addServlet(new ServletHolder("default", new DefaultServlet()), "/");
        server.setHandler(context);
        server.start();
    }

    private static ServletHolder holder(Answer answer) {
        ServletHolder holder = new ServletHolder(new AnswerServlet(answer));
        holder.setAsyncSupported(true);
        return holder;
    }

    /** The answer to GET, its body as ISO 8859-1. */
    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/shop/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        runtime.close();
    }

    /** Runs on in another thread after {@code startAsync}. */
    static void later(AsyncContext async, Answer rest) {
        async.start(() -> {
            try {
                rest.to((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
            } catch (IOException | ServletException failed) {
                throw new IllegalStateException(failed);
            } finally {
                async.complete();
            }
        });
    }

    private static final class AnswerServlet extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Answer answer;

        AnswerServlet(Answer answer) {
            this.answer = answer;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            answer.to(request, response);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            answer.to(request, response);
        }
    }
}
