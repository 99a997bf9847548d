package org.passkeygraft;

/**
 * Where a request came from, for the throttle and the audit trail.
 *
 * @param address as the container tells it, or a trusted proxy
 * @param userAgent as sent, empty if not
 * @param device what the browser was given to keep when somebody was last logged on with it, as sent; empty if nothing
 */
public record Client(String address, String userAgent, String device) {
    /** One that keeps nothing. */
    public Client(String address, String userAgent) {
        this(address, userAgent, "");
    }

    @Override
    public String toString() {
        return "Client[address=" + address + ", userAgent=" + userAgent + "]";
    }
}
