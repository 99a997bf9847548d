package org.passkeygraft.ceremony;

import org.passkeygraft.Checked;
import org.passkeygraft.Rejection;
import org.passkeygraft.json.JsonException;

/** A step that guards may refuse: turns what they throw into an everyday outcome. */
@FunctionalInterface
interface Attempt<T> {
    T run() throws Refusal, JsonException;

    static <T> Checked<T> outcome(Attempt<T> attempt) {
        try {
            return Checked.passed(attempt.run());
        } catch (Refusal refusal) {
            return Checked.refused(refusal.reason());
        } catch (JsonException malformed) {
            return Checked.refused(Rejection.MALFORMED);
        }
    }
}
