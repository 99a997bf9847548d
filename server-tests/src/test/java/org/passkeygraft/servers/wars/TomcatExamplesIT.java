package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
            "websocket/echoProgrammatic",
            "no/such/page");

    /** Differs from one request to the next, whoever is asked. */
    private static final Pattern CHANGING = Pattern.compile(
            "jsessionid=[0-9A-F]+|[0-9A-F]{32}|\\d{1,2}:\\d{2}:\\d{2}|free memory.*|\\d{12,}|Free memory: .*",
            Pattern.CASE_INSENSITIVE);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY_12")
    void noByteOfThemIsTouchedAndAPasskeyOpensTheProtectedPage(ServerKind kind) throws IOException {
        Path original = kind.home().resolve("webapps/examples");
        Path grafted = graft(original, directory);
        try (RunningServer server =
                kind.start(List.of(Deployment.of("/examples", grafted), Deployment.of("/before", original)))) {
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
        ScreenlessBrowser before = new ScreenlessBrowser(server.uri("/before"));
        ScreenlessBrowser after = new ScreenlessBrowser(server.uri("/examples"));
        for (String path : OTHER_EXAMPLES) {
            assertThat(described(after.visit(path), after.base()))
                    .as(path)
                    .isEqualTo(described(before.visit(path), before.base()));
        }
    }

    private static Map<String, String> described(Answer answer, URI base) {
        String context = base.getPath().substring(0, base.getPath().length() - 1);
        return Map.of(
                "status", String.valueOf(answer.status()),
                "type", answer.header("Content-Type"),
                "location", answer.location().replace(context + "/", "/CONTEXT/"),
                "body",
                        CHANGING.matcher(answer.body().replace(context, "/CONTEXT"))
                                .replaceAll("…"));
    }
}
