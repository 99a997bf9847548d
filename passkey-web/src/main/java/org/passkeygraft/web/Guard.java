package org.passkeygraft.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.engine.OneLine;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.Challenge;
import org.passkeygraft.http.ConfirmationGate;
import org.passkeygraft.http.LogonGate;
import org.passkeygraft.http.PageAddress;
import org.passkeygraft.http.Paths;
import org.passkeygraft.http.Protections;
import org.passkeygraft.http.Requirement;

/**
 * Holds the protect rules, on the container's own reading of each dispatch (T-70 to T-76). Immutable and thread-safe.
 */
final class Guard {
    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    private final PasskeyRuntime runtime;
    private final LogonGate gate;
    private final ConfirmationGate confirmations;
    private final Protections protections;
    private final Set<String> ownServlets;
    private final List<PageAddress> logonPages;
    private final Set<String> passwordPages;

    Guard(PasskeyRuntime runtime, ServletContext context) {
        this.runtime = runtime;
        this.gate = new LogonGate(runtime);
        this.confirmations = new ConfirmationGate(runtime);
        this.protections = new Protections(runtime.configuration().protections());
        this.ownServlets = context.getServletRegistrations().entrySet().stream()
                .filter(servlet -> PasskeyServlets.isOurs(servlet.getValue().getClassName()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        var entrance = runtime.configuration().entrance();
        this.logonPages = Stream.of(entrance.logonPage(), entrance.logonErrorPage())
                .map(PageAddress::of)
                .distinct()
                .toList();
        this.passwordPages = Stream.of(
                        logonPages.stream().map(PageAddress::path),
                        entrance.declared().formPages().stream(),
                        runtime.configuration().arming().pages().stream())
                .flatMap(pages -> pages)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What this dispatch of the request needs. */
    Requirement requirement(HttpServletRequest request) {
        return path(request)
                .map(path -> protections.of(path, request.getMethod()))
                .orElse(Requirement.NONE);
    }

    /** The path to decide on; empty for what is not decided. */
    private Optional<String> path(HttpServletRequest request) {
        return switch (request.getDispatcherType()) {
            case ERROR -> Optional.empty();
            case REQUEST -> Optional.of(Paths.of(request)).filter(path -> !isOurs(request) && !isLogonPage(request));
            case FORWARD ->
                Optional.of(Paths.of(request))
                        .filter(path -> !isInside(path) && !isOurs(request) && !isForwardOfLogonPage(request));
            case ASYNC -> Optional.of(Paths.of(request)).filter(path -> !isInside(path) && !isOurs(request));
            case INCLUDE ->
                Paths.ofInclude(request)
                        .filter(path -> !isInside(path)
                                && !(request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
                                                instanceof HttpServletMapping mapping
                                        && isOurs(mapping)));
        };
    }

    /** The logon page of the application's own is for those who are not logged on: to look at, nothing else of its address. */
    private boolean isLogonPage(HttpServletRequest request) {
        return isToLookAt(request) && isLogonPage(Paths.of(request), request.getQueryString(), request);
    }

    /** To the logon page, as containers and controllers do, or on from it, as to the JSP that prints it. */
    private boolean isForwardOfLogonPage(HttpServletRequest request) {
        String asked =
                request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING) instanceof String query ? query : "";
        String path = Paths.of(request);
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        // A container forwards with the query of the page that it keeps to itself.
        boolean inherited = runtime.configuration().door() == Door.JAAS && query.equals(asked);
        return isLogonPage(path, inherited ? "" : query, request)
                || (isToLookAt(request)
                        && Paths.beforeForward(request)
                                .filter(first -> isLogonPage(first, asked, request))
                                .isPresent());
    }

    /** Returns whether this dispatch shows a page of the application's own that asks for a password. */
    boolean showsLogonPage(HttpServletRequest request) {
        return (request.getDispatcherType() == DispatcherType.REQUEST
                        && isToLookAt(request)
                        && asksForPassword(Paths.of(request)))
                || (request.getDispatcherType() == DispatcherType.FORWARD && asksForPassword(Paths.of(request)));
    }

    private boolean asksForPassword(String path) {
        return passwordPages.contains(path);
    }

    private static boolean isToLookAt(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** In the JAAS door the page may be one that the container protects: then a caller is let in by the rules. */
    private boolean isLogonPage(String path, @Nullable String query, HttpServletRequest request) {
        return logonPages.stream().anyMatch(page -> page.isAskedFor(path, query))
                && (runtime.configuration().door() != Door.JAAS || request.getUserPrincipal() == null);
    }

    /** Our servlets guard themselves. */
    boolean isOurs(HttpServletRequest request) {
        return isOurs(request.getHttpServletMapping());
    }

    /** Whose servlet answers is the container's decision, exact to the path (T-75). */
    private boolean isOurs(@Nullable HttpServletMapping mapping) {
        // Open Liberty answers files and unknown paths by no servlet, so there is no name.
        String name = mapping == null ? null : mapping.getServletName();
        return name != null && ownServlets.contains(name);
    }

    /** Only the application itself can get there. */
    private static boolean isInside(String path) {
        return path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/");
    }

    /** Whether the request may go on; if not, it is answered. An include that may not go on includes nothing. */
    boolean lets(Requirement needed, HttpServletRequest request, HttpServletResponse response) throws IOException {
        return switch (needed.kind()) {
            case NONE -> true;
            case NO_TRACE -> refuse(HttpServletResponse.SC_METHOD_NOT_ALLOWED, request, response);
            case NOBODY -> refuse(HttpServletResponse.SC_FORBIDDEN, request, response);
            case CALLER -> letsCaller(needed, request, response);
        };
    }

    private boolean letsCaller(Requirement needed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getUserPrincipal() == null) {
            return challenge(request, response);
        }
        boolean allowed = needed.roles().contains(Protection.ANY_CALLER)
                || needed.roles().stream().anyMatch(request::isUserInRole);
        if (!allowed) {
            return refuse(HttpServletResponse.SC_FORBIDDEN, request, response);
        }
        return letsProven(needed, request, response);
    }

    private boolean letsProven(Requirement needed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Challenge> due = confirmations.challenge(request, needed.stepUp());
        if (due.isPresent() && canAnswer(request, response)) {
            due.get().send(response);
        }
        return due.isEmpty();
    }

    private boolean challenge(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (canAnswer(request, response)) {
            boolean unknown = Identity.of(request, runtime).isUnknown(request);
            Challenge challenge = unknown ? new Challenge.Unavailable() : gate.challenge(request);
            challenge.send(response);
        }
        return false;
    }

    private static boolean refuse(int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (canAnswer(request, response)) {
            response.sendError(status);
        }
        return false;
    }

    private static boolean canAnswer(HttpServletRequest request, HttpServletResponse response) {
        if (request.getDispatcherType() != DispatcherType.INCLUDE && !response.isCommitted()) {
            return true;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "left out of an answer, for whoever asked may not see it: {0}",
                OneLine.of(Paths.ofInclude(request).orElseGet(() -> Paths.of(request))));
        return false;
    }
}
