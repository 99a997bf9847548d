package org.passkeygraft.servers;

import org.junit.jupiter.api.Nested;

/** What a server of each kind does over plain http where only https is meant (T-130). */
class PlainHttpIT {
    @Nested
    class OnJetty extends PlainHttpContract {
        OnJetty() {
            super(ServerKind.JETTY_12);
        }
    }

    @Nested
    class OnTomcat10 extends PlainHttpContract {
        OnTomcat10() {
            super(ServerKind.TOMCAT_10);
        }
    }

    @Nested
    class OnTomcat11 extends PlainHttpContract {
        OnTomcat11() {
            super(ServerKind.TOMCAT_11);
        }
    }
}
