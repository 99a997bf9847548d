package org.passkeygraft.http;

import java.util.Set;
import org.passkeygraft.config.StepUp;

/**
 * What a request needs to be let through.
 *
 * @param roles one of them is enough, {@code **} stands for every caller; empty for other kinds than {@code CALLER}
 * @param stepUp what that caller has to prove beside
 */
public record Requirement(Kind kind, Set<String> roles, StepUp stepUp) {
    /** Nothing. */
    public static final Requirement NONE = new Requirement(Kind.NONE, Set.of());

    static final Requirement NOBODY = new Requirement(Kind.NOBODY, Set.of());
    static final Requirement NO_TRACE = new Requirement(Kind.NO_TRACE, Set.of());

    public Requirement {
        roles = Set.copyOf(roles);
    }

    Requirement(Kind kind, Set<String> roles) {
        this(kind, roles, StepUp.NONE);
    }

    /** Whether anybody may see the answer. */
    public boolean isOpen() {
        return kind == Kind.NONE;
    }

    /** The kinds of what can be needed. */
    public enum Kind {
        /** No rule, or an open one. */
        NONE,
        /** A caller with one of the roles. */
        CALLER,
        /** The path has rules, but none for this method. */
        NOBODY,
        /** TRACE would echo the caller's cookies. */
        NO_TRACE
    }
}
