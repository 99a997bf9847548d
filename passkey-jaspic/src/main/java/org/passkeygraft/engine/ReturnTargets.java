package org.passkeygraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.ceremony.Ceremonies;

/**
 * Where a logon leads: a path below the context, sealed into the logon page's address. Only a target that we sealed
 * ourselves within the last hour is ever followed (T-57).
 */
public final class ReturnTargets {
    /**
     * The longest path that anybody is led back to, in characters. Servers take about 8 kB of request line and headers, and
     * the sealed path, a third longer, stands in the address and in {@code Referer} at the same time.
     */
    public static final int LONGEST_PATH = 2048;

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Ceremonies ceremonies;
    private final InstantSource clock;

    ReturnTargets(Ceremonies ceremonies, InstantSource clock) {
        this.ceremonies = ceremonies;
        this.clock = clock;
    }

    /**
     * Seals a target.
     *
     * @param path below the context, beginning with one slash, as it will stand in a Location header
     */
    public String seal(String path) {
        return ceremonies.sealTarget(path, clock.instant().plus(LIFETIME));
    }

    /** The path, if this is a target of ours that has not expired; never more than a path, whoever sealed it (T-120). */
    public Optional<String> open(String token) {
        return token.isEmpty() ? Optional.empty() : ceremonies.openTarget(token).filter(ReturnTargets::isPath);
    }

    private static boolean isPath(String target) {
        return target.startsWith("/")
                && !target.startsWith("//")
                && target.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
    }
}
