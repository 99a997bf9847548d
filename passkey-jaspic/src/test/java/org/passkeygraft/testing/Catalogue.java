package org.passkeygraft.testing;

import static org.passkeygraft.testing.MalformedAnswers.Expectation.ACCEPTED;
import static org.passkeygraft.testing.MalformedAnswers.Expectation.INVALID;
import static org.passkeygraft.testing.MalformedAnswers.Expectation.REFUSED;
import static org.passkeygraft.testing.MalformedAnswers.Expectation.TOO_LARGE;
import static org.passkeygraft.testing.MalformedAnswers.Expectation.UNKNOWN_CEREMONY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.passkeygraft.testing.MalformedAnswers.Expectation;
import org.passkeygraft.testing.MalformedAnswers.Kind;
import org.passkeygraft.testing.MalformedAnswers.Variant;

/** Collects variants of one kind of answer. */
final class Catalogue {
    /** A JSON value of every type but text. */
    static final Map<String, String> NO_TEXT =
            Map.of("null", "null", "a number", "1", "a boolean", "true", "an array", "[]", "an object", "{}");

    private final Kind kind;
    private final List<Variant> variants = new ArrayList<>();

    Catalogue(Kind kind) {
        this.kind = kind;
    }

    boolean ofRegistrations() {
        return kind == Kind.REGISTRATION;
    }

    List<Variant> variants() {
        return List.copyOf(variants);
    }

    /** Odd and good. */
    void accepted(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(ACCEPTED), lie);
    }

    /** Not the JSON type. */
    void invalid(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(INVALID), lie);
    }

    /** Of the right form, and not true or not allowed. */
    void refused(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(REFUSED), lie);
    }

    /** Wrong in form, deeper than the JSON type tells. */
    void malformed(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(INVALID, REFUSED), lie);
    }

    /** Another challenge. */
    void unknown(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(UNKNOWN_CEREMONY), lie);
    }

    /** The right challenge in a spelling of its own. */
    void respelled(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(INVALID, UNKNOWN_CEREMONY), lie);
    }

    void tooLarge(String name, UnaryOperator<Lies> lie) {
        add(name, Set.of(TOO_LARGE, INVALID), lie);
    }

    private void add(String name, Set<Expectation> expectations, UnaryOperator<Lies> lie) {
        variants.add(new Variant(kind, name, expectations, lie));
    }
}
