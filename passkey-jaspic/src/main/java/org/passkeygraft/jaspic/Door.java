package org.passkeygraft.jaspic;

/** Something of a container's that leads to us until it is closed. Mentions no type that a server may lack. */
interface Door extends AutoCloseable {
    @Override
    void close();
}
