package org.passkeygraft.servers;

class Tomcat11LifeCyclesIT extends TomcatLifeCyclesContract {
    Tomcat11LifeCyclesIT() {
        super(ServerKind.TOMCAT_11);
    }
}
