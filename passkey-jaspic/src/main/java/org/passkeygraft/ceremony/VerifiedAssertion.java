package org.passkeygraft.ceremony;

import org.passkeygraft.CredentialId;
import org.passkeygraft.UserHandle;

/**
 * A passkey was used here and now by whoever holds it.
 *
 * @param owner of the credential record that verified it
 * @param signCount as received, 0 to 2³² - 1: the value to store
 * @param backedUp BS as received
 * @param userVerified UV as received
 */
public record VerifiedAssertion(
        CredentialId id, UserHandle owner, long signCount, boolean backedUp, boolean userVerified) {}
