package org.passkeygraft;

/**
 * Who wants to change something, how freshly they proved it, and from where.
 *
 * @param epoch the account's generation of sessions that the caller's session belongs to
 */
public record ProvenCaller(Account account, long epoch, Proofs proofs, Client client) {}
