package org.passkeygraft.testing;

/** How much the tests do: {@code -Dpasskey.tests=full} for the whole of it. */
public final class TestSize {
    private TestSize() {}

    public static int of(int everyDay, int full) {
        return "full".equals(System.getProperty("passkey.tests")) ? full : everyDay;
    }
}
