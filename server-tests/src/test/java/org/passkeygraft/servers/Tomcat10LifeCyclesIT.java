package org.passkeygraft.servers;

class Tomcat10LifeCyclesIT extends TomcatLifeCyclesContract {
    Tomcat10LifeCyclesIT() {
        super(ServerKind.TOMCAT_10);
    }
}
