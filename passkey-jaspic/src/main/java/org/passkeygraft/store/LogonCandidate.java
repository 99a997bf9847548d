package org.passkeygraft.store;

import org.passkeygraft.CredentialRecord;
import org.passkeygraft.policy.PasskeyPolicy;

/** All that has to be known before a logon's signature is checked, read at one moment. */
public record LogonCandidate(CredentialRecord credential, PasskeyUser owner, PasskeyPolicy policy) {}
