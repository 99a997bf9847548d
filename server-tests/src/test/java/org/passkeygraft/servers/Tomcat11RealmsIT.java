package org.passkeygraft.servers;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class Tomcat11RealmsIT {
    @RegisterExtension
    static final TomcatApplications APPLICATIONS = new TomcatApplications(ServerKind.TOMCAT_11);

    @Nested
    class Realms extends RealmsContract {
        Realms() {
            super(APPLICATIONS);
        }
    }

    @Nested
    class MachineClients extends MachineClientsContract {
        MachineClients() {
            super(APPLICATIONS);
        }
    }

    @Nested
    class Arming extends ArmingContract {
        Arming() {
            super(APPLICATIONS);
        }
    }
}
