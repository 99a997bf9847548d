package org.passkeygraft;

/**
 * Where a request came from, for the throttle and the audit trail.
 *
 * @param address as the container tells it, or a trusted proxy
 * @param userAgent as sent, empty if not
 */
public record Client(String address, String userAgent) {}
