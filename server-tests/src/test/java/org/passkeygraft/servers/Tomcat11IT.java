package org.passkeygraft.servers;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class Tomcat11IT {
    @RegisterExtension
    static final ContractServer SERVER = new ContractServer(ServerKind.TOMCAT_11);

    @Nested
    @AtDoor(server = ServerKind.TOMCAT_11, door = Door.MODULE)
    class ModuleDoor extends DoorContract {
        ModuleDoor() {
            super(SERVER);
        }
    }

    @Nested
    @AtDoor(server = ServerKind.TOMCAT_11, door = Door.FILTER)
    class FilterDoor extends DoorContract {
        FilterDoor() {
            super(SERVER);
        }
    }
}
