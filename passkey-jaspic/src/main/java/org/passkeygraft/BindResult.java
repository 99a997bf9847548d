package org.passkeygraft;

/** What became of an attempt to bind a passkey. */
public sealed interface BindResult {
    record Bound(CredentialRecord passkey) implements BindResult {}

    record Refused(Rejection reason) implements BindResult {}
}
