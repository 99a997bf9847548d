package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * Something that an application's runtime keeps in a request. A request that one application dispatches to another carries
 * its attributes along: neither application ever gets what the other one keeps, also where both share our classes.
 *
 * @param name of the attribute
 * @param type of what is kept
 */
public record RequestNote<T>(String name, Class<T> type) {
    public Optional<T> read(HttpServletRequest request, PasskeyRuntime runtime) {
        return request.getAttribute(attribute(runtime)) instanceof Kept kept && kept.runtime() == runtime
                ? Optional.of(type.cast(kept.value()))
                : Optional.empty();
    }

    public void write(HttpServletRequest request, PasskeyRuntime runtime, T value) {
        request.setAttribute(attribute(runtime), new Kept(runtime, value));
    }

    /** One for each runtime, so that they do not overwrite each other's; should two be named the same, both notice. */
    private String attribute(PasskeyRuntime runtime) {
        return name + '.' + Integer.toHexString(System.identityHashCode(runtime));
    }

    private record Kept(PasskeyRuntime runtime, Object value) {}
}
