package org.passkeygraft.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.BackupOffer;
import org.passkeygraft.web.view.Alert;
import org.passkeygraft.web.view.CodeForm;

/** What the pages that take a backup code have in common. */
final class Codes {
    /** How long codes that were sent are counted together. */
    private static final Duration WINDOW = Duration.ofHours(1);

    private Codes() {}

    /**
     * The form for a code; null where there is none to show.
     *
     * @param path of the form below ours
     * @param field that says where to go on, sent along as it came
     */
    static @Nullable CodeForm form(WebExchange exchange, BackupOffer offer, String path, String proofFor, String field)
            throws RefusedException {
        return offer.isNone()
                ? null
                : new CodeForm(
                        exchange.site(),
                        exchange.own(path),
                        proofFor,
                        field,
                        exchange.field(field),
                        offer.masked(),
                        offer.sent(),
                        offer.recoveryCodes());
    }

    /** Goes on to the page, or refuses. */
    static void answer(WebExchange exchange, Optional<Rejection> refusal, String page)
            throws IOException, RefusedException {
        if (refusal.isPresent()) {
            throw refused(exchange, refusal.get());
        }
        exchange.done(page);
    }

    static RefusedException refused(WebExchange exchange, Rejection reason) {
        Problem problem = Problem.ofBackup(reason);
        return problem == Problem.TOO_MANY_REQUESTS ? exchange.throttled(WINDOW) : new RefusedException(problem);
    }

    /** What a page says of a refused code. */
    static Alert alert(Problem problem) {
        return Alert.of(problem == Problem.AUTHENTICATION_FAILED ? "code-refused" : problem.code());
    }
}
