package org.passkeygraft.policy;

/**
 * A policy as it was read to be changed.
 *
 * @param version goes up with every change
 */
public record VersionedPolicy(PasskeyPolicy policy, long version) {}
