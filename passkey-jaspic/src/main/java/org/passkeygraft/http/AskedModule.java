package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * Notes in a request that the container asked our ServerAuthModule about it. A caller of a request without this note was let
 * in by the container alone (T-131).
 */
public final class AskedModule {
    private static final RequestNote<Boolean> NOTE = new RequestNote<>("org.passkeygraft.asked-module", Boolean.class);

    private AskedModule() {}

    /** Notes it; the module calls this before it decides. */
    public static void note(HttpServletRequest request, PasskeyRuntime runtime) {
        NOTE.write(request, runtime, true);
    }

    public static boolean isNoted(HttpServletRequest request, PasskeyRuntime runtime) {
        return NOTE.read(request, runtime).isPresent();
    }
}
