package org.passkeygraft.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.config.StepUp;

/**
 * The protect rules of an application, matched as a container matches its security-constraints: of all patterns that match
 * a path only the best counts (Servlet 6.0, section 12.1), and the rules of that pattern are combined by method (section
 * 13.8.1). A method that none of them lists is refused. Immutable.
 */
public final class Protections {
    private static final String DEFAULT = "/";

    private final Map<String, List<Protection>> byPattern;

    public Protections(Collection<Protection> rules) {
        Map<String, List<Protection>> grouped = new HashMap<>();
        for (Protection rule : rules) {
            grouped.computeIfAbsent(rule.pattern(), pattern -> new ArrayList<>())
                    .add(rule);
        }
        grouped.replaceAll((pattern, same) -> List.copyOf(same));
        this.byPattern = Map.copyOf(grouped);
    }

    /**
     * What a request needs.
     *
     * @param path the container's own reading of it: servlet path and path info, decoded, never the request URI (T-70)
     * @param method as sent: methods are case-sensitive
     */
    public Requirement of(String path, String method) {
        List<Protection> rules = bestPattern(path).map(byPattern::get).orElse(List.of());
        if (rules.isEmpty()) {
            return Requirement.NONE;
        }
        boolean isProtected = rules.stream().anyMatch(rule -> !rule.open());
        if (isProtected && method.equals("TRACE")) {
            return Requirement.NO_TRACE;
        }
        List<Protection> ofMethod =
                rules.stream().filter(rule -> isAbout(rule, method)).toList();
        if (ofMethod.isEmpty()) {
            return Requirement.NOBODY;
        }
        Set<String> roles = new HashSet<>();
        ofMethod.forEach(rule -> roles.addAll(rule.roles()));
        // Where one rule is open and another is not, the stricter holds.
        StepUp stepUp = ofMethod.stream().map(Protection::stepUp).reduce(StepUp.NONE, StepUp::and);
        return roles.isEmpty() ? Requirement.NONE : new Requirement(Requirement.Kind.CALLER, roles, stepUp);
    }

    private static boolean isAbout(Protection rule, String method) {
        return rule.methods().isEmpty()
                || rule.methods().contains(method)
                || (method.equals("HEAD") && rule.methods().contains("GET"));
    }

    private Optional<String> bestPattern(String path) {
        return exact(path)
                .or(() -> longestPrefix(path))
                .or(() -> extension(path))
                .or(() -> known(DEFAULT));
    }

    /** {@code /} is the pattern of last resort, not that of the path {@code /}. */
    private Optional<String> exact(String path) {
        return path.equals(DEFAULT) ? Optional.empty() : known(path);
    }

    private Optional<String> longestPrefix(String path) {
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Optional<String> found = known(prefix + "/*");
        while (found.isEmpty() && !prefix.isEmpty()) {
            prefix = prefix.substring(0, Math.max(0, prefix.lastIndexOf('/')));
            found = known(prefix + "/*");
        }
        return found;
    }

    /** The extension is what follows the last dot of the last segment. */
    private Optional<String> extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : known("*" + name.substring(dot));
    }

    private Optional<String> known(String pattern) {
        return byPattern.containsKey(pattern) ? Optional.of(pattern) : Optional.empty();
    }
}
