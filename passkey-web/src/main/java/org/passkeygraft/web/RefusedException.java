package org.passkeygraft.web;

import java.util.Map;
import org.passkeygraft.json.JsonException;

/** A request that cannot be answered as asked: leaves the handler for the one place that writes problems. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final transient Map<String, Object> members;

    RefusedException(Problem problem) {
        this(problem, Map.of());
    }

    /** With further members of the problem body. */
    RefusedException(Problem problem, Map<String, Object> members) {
        super(problem.code(), null, false, false);
        this.problem = problem;
        this.members = Map.copyOf(members);
    }

    /** Makes one for a body of the wrong shape; says what is wrong, and repeats nothing that came in. */
    static RefusedException malformed(JsonException fault) {
        return new RefusedException(
                Problem.INVALID_REQUEST, Map.of("detail", Problem.INVALID_REQUEST.detail(fault.fault())));
    }

    Problem problem() {
        return problem;
    }

    Map<String, Object> members() {
        return members;
    }
}
