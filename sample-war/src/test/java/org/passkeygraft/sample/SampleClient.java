package org.passkeygraft.sample;

import java.net.URI;
import org.passkeygraft.testing.ScreenlessBrowser;

/** A browser that knows the sample's own pages. */
final class SampleClient extends ScreenlessBrowser {
    SampleClient(URI base) {
        super(base);
    }

    @Override
    public SampleClient copy() {
        SampleClient copy = new SampleClient(base());
        copy.cookies().putAll(cookies());
        return copy;
    }

    /** The caller as the application sees it, empty for nobody. */
    String me() {
        Answer me = fetch("api/me");
        return me.status() == 200 ? me.text("name") : "";
    }
}
