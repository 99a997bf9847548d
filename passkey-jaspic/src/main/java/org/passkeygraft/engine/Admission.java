package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import org.passkeygraft.store.FailureCount;
import org.passkeygraft.store.FailureStore;

/** Whether something may be guessed at now. */
sealed interface Admission {
    /** Nothing may be checked before. */
    record Wait(Duration retryAfter) implements Admission {}

    /**
     * It may be checked, and counts as failed from now on, unless one of the two methods says otherwise.
     *
     * @param counts the one that a right guess empties, then those it only takes itself back from; empty where nothing is
     *     counted
     */
    record Counted(FailureStore store, List<FailureCount> counts) implements Admission {
        /** It was right, which forgives the wrong ones of the same browser, or of all that are unknown. */
        void forgive() {
            if (!counts.isEmpty()) {
                store.forgive(counts.get(0), counts.subList(1, counts.size()));
            }
        }

        /** Nobody could tell whether it was right, or it was, but forgives nothing. */
        void takeBack() {
            if (!counts.isEmpty()) {
                store.takeBack(counts);
            }
        }
    }
}
