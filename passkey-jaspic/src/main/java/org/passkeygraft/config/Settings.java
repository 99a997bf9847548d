package org.passkeygraft.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the settings of one web application are looked up. The first place that has a key wins: system property,
 * environment, context-param, {@code /WEB-INF/passkey.properties}.
 */
public final class Settings {
    private final Function<String, @Nullable String> systemProperties;
    private final Map<String, String> environment;
    private final Map<String, String> contextParameters;
    private final Map<String, String> file;
    private final String contextPath;

    /**
     * Looks into these places.
     *
     * @param systemProperties gives null for a property that is not set
     * @param contextParameters all of the application's, ours among them
     * @param file what {@code /WEB-INF/passkey.properties} holds, empty if there is no such file
     * @param contextPath as the container tells it: empty for the root context
     */
    public Settings(
            Function<String, @Nullable String> systemProperties,
            Map<String, String> environment,
            Map<String, String> contextParameters,
            Map<String, String> file,
            String contextPath) {
        this.systemProperties = systemProperties;
        this.environment = Map.copyOf(environment);
        this.contextParameters = Map.copyOf(contextParameters);
        this.file = Map.copyOf(file);
        this.contextPath = contextPath;
    }

    String contextPath() {
        return contextPath;
    }

    /** The home directory of the user that the server runs as. */
    Optional<String> userHome() {
        return Optional.ofNullable(systemProperties.apply("user.home"));
    }

    Optional<Found> find(Key<?> key) {
        return Stream.of(
                        found("system property", systemProperties.apply(key.name())),
                        found("environment", environment.get(key.environmentName())),
                        found("context-param", contextParameters.get(key.name())),
                        found("passkey.properties", file.get(key.name())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Names that only a reader of ours could have been meant by: everything in our file, and our prefix elsewhere. */
    Stream<String> names() {
        return Stream.concat(
                        contextParameters.keySet().stream().filter(name -> name.startsWith("passkey.")),
                        file.keySet().stream())
                .distinct()
                .sorted();
    }

    private static Optional<Found> found(String place, @Nullable String value) {
        return Optional.ofNullable(value).map(text -> new Found(place, text));
    }

    /** A value as written, and where. */
    record Found(String place, String value) {}
}
