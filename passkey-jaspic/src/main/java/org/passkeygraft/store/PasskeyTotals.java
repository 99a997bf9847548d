package org.passkeygraft.store;

/**
 * How many there are of each.
 *
 * @param users accounts that ever had to do with passkeys
 * @param holders those of them that have a passkey
 */
public record PasskeyTotals(long users, long holders, long passkeys) {}
