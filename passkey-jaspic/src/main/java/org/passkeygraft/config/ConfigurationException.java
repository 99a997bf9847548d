package org.passkeygraft.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong; the application must not start. Says everything that was found, one problem a line. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Problem> problems;

    /**
     * Tells of these problems.
     *
     * @param problems never empty
     */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::sentence).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, in the order of the documentation. */
    public List<Problem> problems() {
        return problems;
    }
}
