package org.passkeygraft.sample;

import java.util.List;
import org.passkeygraft.testing.AtOnce;

/** Two users and somebody who is not logged on, all asking at once who they are (T-84). */
final class Crowd {
    private Crowd() {}

    /** On each of so many threads: how many of its answers carried another's name. */
    static List<Integer> mistaken(RunningSample sample, int threads, int requests) {
        List<SampleClient> browsers = List.of(sample.newBrowser(), sample.newBrowser(), sample.newBrowser());
        List<String> names = List.of("alice", "bob", "");
        browsers.get(0).logOn("alice", "alice");
        browsers.get(1).logOn("bob", "bob");
        return AtOnce.run(threads, thread -> {
            List<SampleClient> own = browsers.stream().map(SampleClient::copy).toList();
            int mistaken = 0;
            for (int i = 0; i < requests; i++) {
                int who = (thread + i) % own.size();
                mistaken += own.get(who).me().equals(names.get(who)) ? 0 : 1;
            }
            return mistaken;
        });
    }
}
