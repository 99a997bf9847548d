package org.passkeygraft.policy;

/**
 * Who would miss passkeys.
 *
 * @param users how many have one
 * @param recently how many of them used one within the last 30 days
 */
public record Reliance(long users, long recently) {}
