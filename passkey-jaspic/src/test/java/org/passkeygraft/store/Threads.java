package org.passkeygraft.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What still runs. */
final class Threads {
    private Threads() {}

    static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet();
    }

    static List<String> named(String beginning) {
        return all().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(beginning))
                .toList();
    }

    /** Those that were not there before and do not end within ten seconds. */
    static List<String> leftSince(Set<Thread> before) throws InterruptedException {
        Instant patience = Instant.now().plusSeconds(10);
        while (!since(before).isEmpty() && Instant.now().isBefore(patience)) {
            Thread.sleep(50);
        }
        return since(before);
    }

    private static List<String> since(Set<Thread> before) {
        return all().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .toList();
    }
}
