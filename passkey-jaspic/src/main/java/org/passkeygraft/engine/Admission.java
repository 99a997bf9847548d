package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.store.FailureCount;
import org.passkeygraft.store.FailureStore;

/** Whether something may be guessed at now. */
sealed interface Admission {
    /** Nothing may be checked before. */
    record Wait(Duration retryAfter) implements Admission {}

    /**
     * It may be checked, and counts as failed from now on. It is closed when the check is over: it has failed then, unless
     * one of the other methods was called before. For one thread.
     */
    final class Counted implements Admission, AutoCloseable {
        private static final System.Logger LOG = System.getLogger(Counted.class.getName());

        private final FailureStore store;
        private final List<FailureCount> counts;
        private boolean decided;

        /**
         * Remembers what was counted.
         *
         * @param counts the one that a right guess empties, then those it only takes itself back from, the address's last;
         *     empty where nothing is counted
         */
        Counted(FailureStore store, List<FailureCount> counts) {
            this.store = store;
            this.counts = counts;
            this.decided = counts.isEmpty();
        }

        /** Notes that it was right, which forgives the wrong ones of the same browser, or of all that are unknown. */
        void forgive() {
            if (!decided) {
                decided = true;
                store.forgive(counts.get(0), counts.subList(1, counts.size()));
            }
        }

        /** Notes that nobody could tell whether it was right, or that it was, but forgives nothing. */
        void takeBack() {
            if (!decided) {
                decided = true;
                store.takeBack(counts);
            }
        }

        /** Notes that it failed through no fault of the user's: of all counts only the address's stands. */
        void excuse() {
            if (!decided) {
                decided = true;
                int last = counts.size() - 1;
                store.confirm(counts.get(last), counts.subList(0, last));
            }
        }

        @Override
        public void close() {
            if (decided) {
                return;
            }
            decided = true;
            try {
                store.confirm(counts);
            } catch (UnavailableException notNow) {
                LOG.log(System.Logger.Level.DEBUG, "a failure stays counted as undecided", notNow);
            }
        }
    }
}
