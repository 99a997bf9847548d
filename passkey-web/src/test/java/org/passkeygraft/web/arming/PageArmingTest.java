package org.passkeygraft.web.arming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a page is written, it comes out whole: armed where that is sure, as it was where it is not. */
class PageArmingTest {
    private static final String START = "<!DOCTYPE html><title>Gr\u00fc\u00dfe</title><form>";
    private static final String END = "<input type=password name=p></form>";
    private static final String PAGE = START + "<input name=u>" + END;
    private static final byte[] BYTES = PAGE.getBytes(ISO_8859_1);

    private static ArmingServer server;

    @BeforeAll
    static void start(@TempDir Path files) throws Exception {
        Files.write(files.resolve("login.html"), BYTES);
        Files.write(files.resolve("unarmed.html"), BYTES);
        server = new ArmingServer(files, answers());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, ArmingServer.Answer> answers() {
        Map<String, ArmingServer.Answer> answers = new TreeMap<>();
        answers.put(
                "stream",
                (request, response) -> html(response).getOutputStream().write(BYTES));
        answers.put("length", (request, response) -> {
            html(response).setContentLength(BYTES.length);
            response.setHeader("ETag", "\"1\"");
            response.setDateHeader("Last-Modified", 1_000_000);
            response.getOutputStream().write(BYTES);
        });
        answers.put("writer", (request, response) -> {
            response.setContentType("text/html;charset=ISO-8859-15");
            response.setContentLength(BYTES.length);
            response.getWriter().write(PAGE);
        });
        answers.put("closed", (request, response) -> {
            html(response).getOutputStream().write(BYTES);
            response.getOutputStream().close();
            response.getOutputStream().write(BYTES);
        });
        answers.put("flushed", (request, response) -> {
            html(response).getOutputStream().write(BYTES, 0, 40);
            response.flushBuffer();
            assertThat(response.isCommitted()).isTrue();
            response.getOutputStream().write(BYTES, 40, BYTES.length - 40);
        });
        answers.put("reset", (request, response) -> {
            html(response).getWriter().write("<form>");
            response.reset();
            html(response).getOutputStream().write(BYTES);
        });
        answers.put("forward", (request, response) -> {
            response.getWriter().write("<form>");
            request.getRequestDispatcher("/other").forward(request, response);
        });
        answers.put("include", (request, response) -> {
            html(response).getOutputStream().print("<b></b>");
            request.getRequestDispatcher("/other").include(request, response);
        });
        answers.put("refused", (request, response) -> {
            response.setStatus(401);
            html(response).getOutputStream().write(BYTES);
        });
        answers.put("policy", (request, response) -> {
            response.setHeader("Content-Security-Policy", "script-src https://cdn.example");
            html(response).getOutputStream().write(BYTES);
        });
        answers.put("utf16", (request, response) -> {
            response.setContentType("text/html;charset=UTF-16");
            response.getOutputStream().write(PAGE.getBytes(UTF_16));
        });
        answers.put(
                "utf16-undeclared",
                (request, response) -> html(response).getOutputStream().write(PAGE.getBytes(UTF_16)));
        answers.put("plain", (request, response) -> {
            response.setContentType("text/plain");
            response.getOutputStream().write(BYTES);
        });
        answers.put("gzip", (request, response) -> {
            html(response).setHeader("Content-Encoding", "gzip");
            response.getOutputStream().write(gzip());
        });
        answers.put("large", (request, response) -> {
            html(response).getOutputStream().write(BYTES);
            response.getOutputStream().write(new byte[HeldBody.LIMIT]);
        });
        answers.put("empty", (request, response) -> response.setStatus(204));
        answers.put("async", (request, response) -> {
            html(response).getOutputStream().write(BYTES, 0, 40);
            ArmingServer.later(
                    request.startAsync(),
                    (again, late) -> late.getOutputStream().write(BYTES, 40, BYTES.length - 40));
        });
        answers.put("error", (request, response) -> {
            html(response).getOutputStream().write(BYTES);
            response.sendError(418, "no coffee");
        });
        answers.put("redirect", (request, response) -> {
            html(response).getOutputStream().write(BYTES);
            response.sendRedirect("/shop/elsewhere");
        });
        answers.put("broken", (request, response) -> {
            html(response).getOutputStream().write(BYTES);
            throw new IOException("on purpose");
        });
        return answers;
    }

    private static HttpServletResponse html(HttpServletResponse response) {
        response.setContentType("text/html");
        return response;
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(BYTES);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login.html", "stream", "length", "writer", "closed", "flushed", "reset", "forward", "refused"})
    void aPageIsArmedHoweverItIsWritten(String page) throws Exception {
        requireArmed(server.get(page), "");
    }

    @Test
    void anIncludedPartIsPartOfThePage() throws Exception {
        requireArmed(server.get("include"), "<b></b>");
    }

    @Test
    void aPageThatAnswersAFailedTryIsArmedToo() throws Exception {
        requireArmed(server.send("POST", "stream"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "plain", "async", "unarmed.html", "other"})
    void aPageInDoubtGoesOutAsItCame(String page) throws Exception {
        HttpResponse<String> answer = server.get(page);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf16", "utf16-undeclared"})
    void twoBytesACharacterAreNotTouched(String page) throws Exception {
        assertThat(server.get(page).body()).isEqualTo(new String(PAGE.getBytes(UTF_16), ISO_8859_1));
    }

    @Test
    void aCompressedPageIsNotTouched() throws Exception {
        assertThat(server.get("gzip").body()).isEqualTo(new String(gzip(), ISO_8859_1));
    }

    @Test
    void aLargePageGoesOutAsItCame() throws Exception {
        assertThat(server.get("large").body()).startsWith(PAGE).hasSize(BYTES.length + HeldBody.LIMIT);
    }

    @Test
    void whatDescribesTheOldBytesIsNotSaidOfTheNew() throws Exception {
        HttpResponse<String> answer = server.get("length");

        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().length());
        assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified");
        assertThat(answer.headers().allValues("Vary")).contains("Accept-Language");
    }

    @Test
    void aPageAskedForInPartsOrIfChangedComesWhole() throws Exception {
        String changed =
                server.get("unarmed.html").headers().firstValue("Last-Modified").orElseThrow();

        assertThat(server.get("unarmed.html", "If-Modified-Since", changed).statusCode())
                .isEqualTo(304);
        requireArmed(server.get("login.html", "If-Modified-Since", changed), "");
        requireArmed(server.get("login.html", "Range", "bytes=0-5"), "");
        requireArmed(server.get("login.html", "If-None-Match", "*"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.html", "length", "stream"})
    void headNamesNoLengthThatGetHasNot(String page) throws Exception {
        HttpResponse<String> head = server.send("HEAD", page);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        long length = server.get(page).body().length();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(length))
                .isEqualTo(length);
    }

    @Test
    void anErrorOrARedirectTakesThePlaceOfThePage() throws Exception {
        HttpResponse<String> error = server.get("error");
        assertThat(error.statusCode()).isEqualTo(418);
        assertThat(error.body()).contains("no coffee").doesNotContain("password");

        HttpResponse<String> redirect = server.get("redirect");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location").orElseThrow()).endsWith("/shop/elsewhere");
        assertThat(redirect.body()).doesNotContain("password");

        assertThat(server.get("empty").statusCode()).isEqualTo(204);
    }

    @Test
    void anExceptionOfThePageIsTheContainersToAnswer() throws Exception {
        HttpResponse<String> answer = server.get("broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("type=password");
    }

    private static void requireArmed(HttpResponse<String> answer, String before) {
        assertThat(answer.body())
                .startsWith(
                        before + START + "<input autocomplete=\"username webauthn\" name=u><input type=password name=p>"
                                + "<script type=\"module\" src=\"/shop/passkey/passkey-form.js\" data-passkey-base=\"/shop/passkey\"")
                .endsWith("></script></form>");
    }
}
