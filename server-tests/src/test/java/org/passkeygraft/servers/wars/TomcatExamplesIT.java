package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.Deployment;
import org.passkeygraft.servers.RunningServer;
import org.passkeygraft.servers.ServerKind;
import org.passkeygraft.servers.WarBuilder;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** The examples that come with every Tomcat: FORM logon, a descriptor that lets no fragment in, a JSTL of their own. */
class TomcatExamplesIT {
    static final String PROTECTED = "jsp/security/protected/index.jsp";
    static final String MARK = "You are logged in as remote user";

    /** One of each kind that the examples show. */
    private static final List<String> OTHER_EXAMPLES = List.of(
            "",
            "index.html",
            "servlets/",
            "servlets/servlet/HelloWorldExample",
            "servlets/servlet/RequestParamExample?firstname=a&lastname=b",
            "servlets/servlet/CookieExample",
            "servletToJsp",
            "servlets/trailers/response",
            "servlets/nonblocking/numberwriter",
            "async/async0",
            "async/async1",
            "async/async3",
            "jsp/",
            "jsp/jsp2/el/basic-arithmetic.jsp",
            "jsp/jsp2/el/functions.jsp?foo=jsp",
            "jsp/jsp2/tagfiles/hello.jsp",
            "jsp/jsp2/misc/config.jsp",
            "jsp/tagplugin/if.jsp",
            "jsp/tagplugin/foreach.jsp",
            "jsp/tagplugin/choose.jsp",
            "jsp/include/include.jsp",
            "jsp/forward/forward.jsp",
            "jsp/error/err.jsp?name=integra&submit=Submit",
            "jsp/simpletag/foo.jsp",
            "websocket/index.xhtml",
            "no/such/page");

    /** Differs from one request to the next, whoever is asked. */
    private static final Pattern CHANGING = Pattern.compile(
            "jsessionid=[0-9A-F]+|[0-9A-F]{32}|\\d{1,2}:\\d{2}:\\d{2}|free memory.*|\\d{12,}|Free memory: .*",
            Pattern.CASE_INSENSITIVE);

    /** Where the same examples are without the graft. */
    static final String BEFORE = "/examples-before";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_12")
    void noByteOfThemIsTouchedAndAPasskeyOpensTheProtectedPage(ServerKind kind) throws IOException {
        Path original = kind.home().resolve("webapps/examples");
        Path grafted = graft(original, directory);
        try (RunningServer server =
                kind.start(List.of(Deployment.of("/examples", grafted), Deployment.of(BEFORE, original)))) {
            Views views = Views.of(server.uri("/examples"), PROTECTED, MARK);

            assertThat(views).as(server.log()).isEqualTo(Views.RIGHT);
            RealWarsTable.has("Tomcat's examples", kind, "module", Footprint.between(original, grafted), views);
            othersAnswerAsBefore(server);
        }
    }

    static Path graft(Path original, Path directory) {
        return WarBuilder.inDirectory(directory.resolve("grafted"))
                .contentOf(original)
                .graft(Accounts.settings(directory, "tomcat"))
                .build();
    }

    static void othersAnswerAsBefore(RunningServer server) {
        ScreenlessBrowser before = new ScreenlessBrowser(server.uri(BEFORE));
        ScreenlessBrowser after = new ScreenlessBrowser(server.uri("/examples"));
        for (String path : OTHER_EXAMPLES) {
            assertThat(described(after.visit(path))).as(path).isEqualTo(described(before.visit(path)));
        }
        assertThat(echoed(after.base())).isEqualTo("is anybody there?");
    }

    private static Map<String, String> described(Answer answer) {
        return Map.of(
                "status", String.valueOf(answer.status()),
                "type", answer.header("Content-Type"),
                "frames", answer.header("X-Frame-Options"),
                "location", answer.location().replace("examples-before", "examples"),
                "body",
                        CHANGING.matcher(answer.body().replace("examples-before", "examples"))
                                .replaceAll("…"));
    }

    /** What a websocket of theirs sends back. */
    private static String echoed(URI application) {
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws" + application.toString().substring("http".length())
                                + "websocket/echoProgrammatic"),
                        new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket webSocket, CharSequence data, boolean last) {
                                echo.complete(data.toString());
                                return null;
                            }
                        })
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        try {
            socket.sendText("is anybody there?", true).join();
            return echo.orTimeout(20, TimeUnit.SECONDS).join();
        } finally {
            socket.abort();
        }
    }
}
