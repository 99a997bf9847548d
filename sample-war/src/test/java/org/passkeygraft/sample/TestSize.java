package org.passkeygraft.sample;

/** How much the tests do: {@code -Dpasskey.tests=full} for the whole of it. */
final class TestSize {
    private TestSize() {}

    static int of(int everyDay, int full) {
        return "full".equals(System.getProperty("passkey.tests")) ? full : everyDay;
    }
}
