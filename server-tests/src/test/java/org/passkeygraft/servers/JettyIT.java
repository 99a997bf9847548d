package org.passkeygraft.servers;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class JettyIT {
    @RegisterExtension
    static final ContractServer SERVER = new ContractServer(ServerKind.JETTY_12);

    @Nested
    @AtDoor(server = ServerKind.JETTY_12, door = Door.MODULE)
    class ModuleDoor extends DoorContract {
        ModuleDoor() {
            super(SERVER);
        }
    }

    @Nested
    @AtDoor(server = ServerKind.JETTY_12, door = Door.FILTER)
    class FilterDoor extends DoorContract {
        FilterDoor() {
            super(SERVER);
        }
    }
}
