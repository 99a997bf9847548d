package org.passkeygraft.web.arming;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One content policy of a page (Content Security Policy Level 3), as far as it concerns our script. */
final class ContentPolicy {
    private static final Pattern HOST_SOURCE =
            Pattern.compile("(?:(https?)://)?(\\*\\.)?([a-z0-9.-]+)(?::([0-9]+|\\*))?/?");

    private final Map<String, List<String>> directives = new HashMap<>();

    private ContentPolicy(String text) {
        for (String directive : text.split(";", -1)) {
            List<String> words = Arrays.asList(directive.strip().split("\\s+"));
            directives.putIfAbsent(words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()));
        }
    }

    /** All policies of a header or a meta element; each of them must be met. */
    static List<ContentPolicy> parse(String text) {
        List<ContentPolicy> policies = new ArrayList<>();
        for (String policy : text.split(",", -1)) {
            policies.add(new ContentPolicy(policy));
        }
        return policies;
    }

    /**
     * The nonce with which our script may run, empty if it needs none.
     *
     * @param nonces that scripts of the page carry
     * @param origins where the application is reached
     */
    static String nonce(List<ContentPolicy> policies, Set<String> nonces, Set<String> origins) throws DoubtException {
        for (ContentPolicy policy : policies) {
            policy.requireConnections(origins);
        }
        List<String> candidates = new ArrayList<>(List.of(""));
        candidates.addAll(nonces);
        return candidates.stream()
                .filter(nonce -> policies.stream().allMatch(policy -> policy.allowsScript(nonce, origins)))
                .findFirst()
                .orElseThrow(() -> new DoubtException(
                        "its Content-Security-Policy stops the script: add 'self' or a nonce to script-src"));
    }

    private void requireConnections(Set<String> origins) throws DoubtException {
        if (directives.containsKey("sandbox")) {
            throw new DoubtException("its Content-Security-Policy has a sandbox");
        }
        List<String> sources = sources("connect-src", "default-src");
        if (sources.stream().noneMatch(source -> matches(source, origins))) {
            throw new DoubtException("its Content-Security-Policy stops the script: add 'self' to connect-src");
        }
    }

    private boolean allowsScript(String nonce, Set<String> origins) {
        List<String> sources = sources("script-src-elem", "script-src", "default-src");
        if (!nonce.isEmpty() && sources.contains("'nonce-" + nonce + "'")) {
            return true;
        }
        return sources.stream().noneMatch("'strict-dynamic'"::equalsIgnoreCase)
                && sources.stream().anyMatch(source -> matches(source, origins));
    }

    /** Of the first of the directives that is there; everything if none is. */
    private List<String> sources(String... names) {
        return Arrays.stream(names)
                .filter(directives::containsKey)
                .findFirst()
                .map(directives::get)
                .orElse(List.of("*"));
    }

    private static boolean matches(String expression, Set<String> origins) {
        String source = expression.toLowerCase(Locale.ROOT);
        return switch (source) {
            case "*", "'self'", "http:" -> true;
            case "https:" -> origins.stream().allMatch(origin -> origin.startsWith("https:"));
            default -> {
                Matcher host = HOST_SOURCE.matcher(source);
                yield host.matches() && origins.stream().allMatch(origin -> matches(host, URI.create(origin)));
            }
        };
    }

    private static boolean matches(Matcher source, URI origin) {
        String scheme = source.group(1);
        String port = source.group(4);
        boolean host = source.group(2) == null
                ? origin.getHost().equals(source.group(3))
                : origin.getHost().endsWith("." + source.group(3));
        return host
                && (scheme == null || scheme.equals(origin.getScheme()))
                && (port == null ? origin.getPort() < 0 : port.equals("*") || port.equals(portOf(origin)));
    }

    private static String portOf(URI origin) {
        int ordinary = origin.getScheme().equals("https") ? 443 : 80;
        return Integer.toString(origin.getPort() < 0 ? ordinary : origin.getPort());
    }
}
