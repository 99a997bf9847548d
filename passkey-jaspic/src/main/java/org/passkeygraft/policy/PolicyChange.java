package org.passkeygraft.policy;

/**
 * What an administrator wants to hold from now on.
 *
 * @param version of the policy that the administrator saw
 * @param understood whether the administrator knows that users rely on what is being switched off
 */
public record PolicyChange(PasskeyPolicy policy, long version, boolean understood) {}
