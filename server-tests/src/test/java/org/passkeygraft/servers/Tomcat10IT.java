package org.passkeygraft.servers;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class Tomcat10IT {
    @RegisterExtension
    static final ContractServer SERVER = new ContractServer(ServerKind.TOMCAT_10);

    @Nested
    @AtDoor(server = ServerKind.TOMCAT_10, door = Door.MODULE)
    class ModuleDoor extends DoorContract {
        ModuleDoor() {
            super(SERVER);
        }
    }

    @Nested
    @AtDoor(server = ServerKind.TOMCAT_10, door = Door.FILTER)
    class FilterDoor extends DoorContract {
        FilterDoor() {
            super(SERVER);
        }
    }
}
