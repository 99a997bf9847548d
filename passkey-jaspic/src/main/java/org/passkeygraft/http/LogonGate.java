package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.passkeygraft.LogonResult;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.config.PasskeyConfiguration.Entrance;
import org.passkeygraft.engine.PasskeyRuntime;

/** Decides how an anonymous request for something protected is answered, the same for every door. */
public final class LogonGate {

    private static final String SECOND_FACTOR_PAGE = "/passkey/second-factor";
    private static final String FORM_LOGON = "/passkey/j_security_check";

    private final PasskeyRuntime runtime;

    public LogonGate(PasskeyRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * The logon page for whoever can use it, and the way back; a problem body for everybody else. The form of a logon page in
     * a folder that is protected is sent once more, with its password, to an address of ours that never is (RFC 9110,
     * section 15.4.8): no filter has run yet that could take it here.
     */
    public Challenge challenge(HttpServletRequest request) {
        if (isFormInProtectedFolder(request)) {
            return new Challenge.Redirect(307, Paths.publicContext(request, runtime) + FORM_LOGON);
        }
        if (isMachine(request) || !Destination.isNavigation(request)) {
            return refusal(request);
        }
        if (!Destination.isToLookAt(request)) {
            return new Challenge.Redirect(303, with(logonPage(request), "notice=expired"));
        }
        return new Challenge.Redirect(302, withTarget(logonPage(request), request));
    }

    private boolean isFormInProtectedFolder(HttpServletRequest request) {
        return runtime.configuration().door() == Door.MODULE
                && Paths.isFormLogon(request)
                && !Paths.of(request).equals(FORM_LOGON);
    }

    /** The page of the other factor for whoever can use it, where the container has logged somebody on by password alone. */
    Challenge secondFactor(HttpServletRequest request) {
        if (!Destination.isNavigation(request)) {
            return refusal(request);
        }
        String page = Paths.publicContext(request, runtime) + SECOND_FACTOR_PAGE;
        return Destination.isToLookAt(request)
                ? new Challenge.Redirect(302, withTarget(page, request))
                : new Challenge.Redirect(303, page);
    }

    private String withTarget(String page, HttpServletRequest request) {
        return Destination.asked(request)
                .map(target -> with(page, "to=" + runtime.targets().seal(target)))
                .orElseGet(() -> with(page, "notice=address-lost"));
    }

    /** For a caller whom the container has just forgotten: once more to the same address, where it asks who it is. */
    Challenge again(HttpServletRequest request) {
        return Destination.isNavigation(request) && Destination.isToLookAt(request)
                ? new Challenge.Redirect(
                        302,
                        Paths.publicContext(request, runtime)
                                + Destination.asked(request).orElse("/"))
                : refusal(request);
    }

    /** For whoever cannot use a page. */
    public Challenge refusal(HttpServletRequest request) {
        Optional<LogonResult> basic = RequestCaller.basicResult(request, runtime);
        if (basic.isPresent() && basic.get() instanceof LogonResult.Throttled throttled) {
            return new Challenge.Throttled(throttled.retryAfter());
        }
        boolean asks = entrance().takesBasic() && !isBrowser(request);
        return new Challenge.Unauthorized(basic.isPresent(), asks ? entrance().realm() : null);
    }

    /** A client that can only use BASIC, though it accepts HTML, as Java's own does. */
    private boolean isMachine(HttpServletRequest request) {
        return entrance().takesBasic() && request.getHeader("User-Agent") != null && !isBrowser(request);
    }

    /** Every browser of today tells what it fetches for, on https; the oldest and all the others call themselves Mozilla. */
    private static boolean isBrowser(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return request.getHeader("Sec-Fetch-Mode") != null
                || request.getHeader("Sec-Fetch-Site") != null
                || (agent != null && agent.startsWith("Mozilla/"));
    }

    private Entrance entrance() {
        return runtime.configuration().entrance();
    }

    /** The application's own page, unless it is the page asked for: whoever protects it must not send callers in a circle. */
    private String logonPage(HttpServletRequest request) {
        String page = entrance().logonPage();
        PageAddress address = PageAddress.of(page);
        String path = Paths.of(request);
        boolean circle = address.query().isEmpty()
                ? address.path().equals(path)
                : address.isAskedFor(path, request.getQueryString());
        return Paths.publicContext(request, runtime) + (circle ? Entrance.OWN_LOGON_PAGE : page);
    }

    private static String with(String page, String parameter) {
        return page + (page.contains("?") ? "&" : "?") + parameter;
    }
}
