package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.StepUp;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * Decides whether a caller has to prove more before a place of the application, and how that is answered: the same for every
 * door. Immutable and thread-safe.
 */
public final class ConfirmationGate {
    private static final String CONFIRM = "/passkey/confirm?for=" + ProofGroup.APPLICATION.label();
    private static final String BIND = "/passkey/bind?for=" + ProofGroup.APPLICATION.label();

    private final PasskeyRuntime runtime;
    private final SameOrigin origins;

    public ConfirmationGate(PasskeyRuntime runtime) {
        this.runtime = runtime;
        this.origins = new SameOrigin(runtime.configuration().http().origins());
    }

    /** What to answer instead of the place; empty where nothing more is due. */
    public Optional<Challenge> challenge(HttpServletRequest request, StepUp asked) {
        if (asked.isNone()) {
            return Optional.empty();
        }
        try {
            return CallerSession.current(request, runtime)
                    .map(caller -> challenge(request, caller, asked))
                    // Without a session of ours, as with BASIC, there is nothing that could hold a proof.
                    .orElseGet(() -> Optional.of(new Challenge.ConfirmationRequired(List.of())));
        } catch (UnavailableException undecided) {
            return Optional.of(new Challenge.Unavailable());
        }
    }

    private Optional<Challenge> challenge(HttpServletRequest request, CallerSession caller, StepUp asked) {
        var proven = caller.provenCaller(ProofGroup.APPLICATION, RemoteClient.of(request, runtime));
        return switch (runtime.stepUps().due(proven, caller.methods(), asked)) {
            case NOTHING -> Optional.empty();
            case CONFIRMATION ->
                Optional.of(lead(
                        request,
                        CONFIRM + "&return=",
                        () -> runtime.confirmation().ways(caller.account()).labels()));
            case UNREACHABLE -> Optional.of(new Challenge.ConfirmationRequired(List.of()));
            case BINDING -> Optional.of(lead(request, BIND + "&to=", List::of));
        };
    }

    /** A form is not sent again by itself: whoever confirms sees what they do (T-46). */
    private Challenge lead(HttpServletRequest request, String page, Supplier<List<String>> ways) {
        if (!Destination.isNavigation(request)) {
            return new Challenge.ConfirmationRequired(ways.get());
        }
        boolean again = Destination.isToLookAt(request);
        Optional<String> back = again ? Destination.asked(request) : Destination.before(request, origins, runtime);
        String location = Paths.publicContext(request, runtime)
                + page
                + back.map(runtime.targets()::seal).orElse("");
        return new Challenge.Redirect(again ? 302 : 303, again ? location : location + "&notice=unsent");
    }
}
