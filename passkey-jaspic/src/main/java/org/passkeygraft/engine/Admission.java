package org.passkeygraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
        private final List<FailureCount> own;
        private final List<FailureCount> others;
        private boolean decided;

        /**
         * Remembers what was counted.
         *
         * @param own the counts that a right guess empties
         * @param others the counts that a right guess only takes itself back from, the address's last; empty where nothing
         *     is counted
         */
        Counted(FailureStore store, List<FailureCount> own, List<FailureCount> others) {
            this.store = store;
            this.own = own;
            this.others = others;
            this.decided = others.isEmpty();
        }

        /** Notes that it was right, which forgives the wrong ones of the same browser, or of all that are unknown. */
        void forgive() {
            if (!decided) {
                decided = true;
                store.forgive(own, others);
            }
        }

        /** Notes that nobody could tell whether it was right, or that it was, but forgives nothing. */
        void takeBack() {
            if (!decided) {
                decided = true;
                store.takeBack(all());
            }
        }

        /** Notes that it failed through no fault of the user's: of all counts only the address's stands. */
        void excuse() {
            if (!decided) {
                decided = true;
                List<FailureCount> all = all();
                int last = all.size() - 1;
                store.confirm(all.get(last), all.subList(0, last));
            }
        }

        private List<FailureCount> all() {
            return Stream.concat(own.stream(), others.stream()).toList();
        }

        @Override
        public void close() {
            if (decided) {
                return;
            }
            decided = true;
            try {
                store.confirm(all());
            } catch (UnavailableException notNow) {
                LOG.log(System.Logger.Level.DEBUG, "a failure stays counted as undecided", notNow);
            }
        }
    }
}
