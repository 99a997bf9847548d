package org.passkeygraft.web.arming;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.Paths;
import org.passkeygraft.web.view.FormScript;
import org.passkeygraft.web.view.Texts;

/**
 * Arms the login pages of {@code passkey.arm.pages}, asked for directly or forwarded to, as containers do with the page of
 * {@code form-login-page}. Any other answer passes without being looked at. Thread-safe.
 */
public final class PageArming {
    private static final System.Logger LOG = System.getLogger(PageArming.class.getName());
    /** A page, also one that says that the last try failed. */
    private static final Set<Integer> STATUSES = Set.of(200, 401, 403);

    private static final int MOST_TOLD = 10;
    private static final int LONGEST_REASON = 200;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Runs the rest of the chain, around it what the page needs. */
    public void serve(
            PasskeyRuntime runtime, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> pages = runtime.configuration().arming().pages();
        Optional<HeldResponse> outer = pages.isEmpty() ? Optional.empty() : HeldResponse.in(response);
        String path = pages.isEmpty() ? "" : Paths.of(request);
        if (outer.isPresent()) {
            within(outer.get(), runtime, request, response, chain);
        } else if (pages.contains(path) && isPage(request) && areAllowed(runtime)) {
            around(path, runtime, request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPage(HttpServletRequest request) {
        return (request.getDispatcherType() == DispatcherType.REQUEST
                        || request.getDispatcherType() == DispatcherType.FORWARD)
                && !request.isAsyncStarted();
    }

    private static boolean areAllowed(PasskeyRuntime runtime) {
        try {
            return runtime.authentication().passkeysAllowed();
        } catch (UnavailableException databaseDown) {
            return false;
        }
    }

    /** A dispatch of the page's own. One container closes the answer behind a forward, so it has to be out before. */
    private void within(
            HeldResponse held,
            PasskeyRuntime runtime,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        boolean forward = request.getDispatcherType() == DispatcherType.FORWARD;
        if (forward) {
            held.startOver();
        }
        chain.doFilter(request, response);
        if (forward && !held.body().isEmpty()) {
            finish(held, Paths.of(request), runtime, request);
        }
    }

    private void around(
            String path,
            PasskeyRuntime runtime,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        HeldResponse held = new HeldResponse(response);
        boolean whole = false;
        try {
            chain.doFilter(new PageRequest(request, held), held);
            whole = true;
        } finally {
            if (!whole) {
                held.abandon();
            }
        }
        finish(held, path, runtime, request);
    }

    private void finish(HeldResponse held, String path, PasskeyRuntime runtime, HttpServletRequest request)
            throws IOException {
        if (!held.isHolding()) {
            return;
        }
        if (held.getResponse().isCommitted()) {
            held.drop(); // answered past us
        } else if (request.isAsyncStarted()) {
            held.letGo();
        } else if (held.body().isEmpty() && request.getMethod().equals("HEAD")) {
            held.letGoWithoutLength();
        } else {
            send(held, path, runtime, request);
        }
    }

    private void send(HeldResponse held, String path, PasskeyRuntime runtime, HttpServletRequest request)
            throws IOException {
        String armed;
        try {
            requirePage(held);
            armed = armedPage(runtime, request)
                    .of(held.body().text(), List.copyOf(held.getHeaders("Content-Security-Policy")));
        } catch (DoubtException doubt) {
            tell(path, doubt.reason());
            held.letGo();
            return;
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.WARNING, "the page " + path + " stays as it is", defect);
            held.letGo();
            return;
        }
        held.replace(armed);
    }

    private static void requirePage(HeldResponse held) throws DoubtException {
        String type = Optional.ofNullable(held.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals("text/html") && !type.startsWith("text/html;")) {
            throw new DoubtException("it is not text/html");
        }
        if (!STATUSES.contains(held.getStatus())) {
            throw new DoubtException("its status is " + held.getStatus());
        }
        String coding = held.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw new DoubtException("it is compressed before it reaches our filter");
        }
        if (held.body().isBytes()
                && (!Encodings.extendAscii(held.getCharacterEncoding())
                        || held.body().text().indexOf('\0') >= 0)) {
            throw new DoubtException("its encoding is none that extends ASCII");
        }
    }

    private static ArmedPage armedPage(PasskeyRuntime runtime, HttpServletRequest request) {
        Texts texts = Texts.preferred(Collections.list(request.getLocales()));
        return new ArmedPage(
                runtime.configuration().http().origins(),
                nonce -> new FormScript(
                                Paths.publicContext(request, runtime),
                                FormScript.Mode.of(runtime.configuration().door() == Door.JAAS),
                                texts,
                                true,
                                "",
                                "",
                                nonce)
                        .html());
    }

    private void tell(String path, String reason) {
        String line = oneLine(reason);
        if (told.size() < MOST_TOLD && told.add(path + ' ' + line)) {
            LOG.log(System.Logger.Level.INFO, "the page {0} of passkey.arm.pages stays as it is: {1}", path, line);
        }
    }

    /** A reason may quote the page, which may quote what somebody sent. */
    private static String oneLine(String reason) {
        String plain = reason.replaceAll("[^ -~]", "?");
        return plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
    }
}
