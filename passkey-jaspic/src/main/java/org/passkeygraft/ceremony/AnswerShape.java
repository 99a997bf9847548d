package org.passkeygraft.ceremony;

import java.util.Optional;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.Rejection;
import org.passkeygraft.json.JsonException;

/**
 * Tells the developer of a client which member of an answer has the wrong shape, and the rule that it breaks. It looks at the
 * answer alone, so it can say nothing about accounts or passkeys; it never repeats what came in.
 */
public final class AnswerShape {
    private AnswerShape() {}

    /**
     * Returns what is wrong with the shape of an answer, a sentence without its full stop; empty if nothing is.
     *
     * @param kind of the ceremony that it answers
     * @param body as it came
     */
    public static Optional<String> fault(CeremonyKind kind, Bytes body) {
        try {
            switch (kind) {
                case BINDING, UPGRADE, RESET -> ParsedRegistration.parse(body);
                case LOGON, CONFIRMATION, SECOND_FACTOR -> ParsedAssertion.parse(body);
            }
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.fault()).filter(fault -> refusal.reason() == Rejection.MALFORMED);
        } catch (JsonException malformed) {
            return Optional.of(malformed.fault());
        }
    }
}
