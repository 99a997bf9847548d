package org.passkeygraft.store;

import org.passkeygraft.policy.PasskeyPolicy;

/**
 * Everything the end of a binding must know.
 *
 * @param passkeys how many the owner has
 * @param policy as it is now
 */
public record BindingCandidate(PasskeyUser owner, long passkeys, PasskeyPolicy policy) {}
