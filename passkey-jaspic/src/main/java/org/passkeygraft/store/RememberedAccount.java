package org.passkeygraft.store;

import java.time.Instant;
import java.util.Set;

/**
 * What the last full password logon told of an account.
 *
 * @param key the account's, which is its name too
 * @param at when the password was right
 */
public record RememberedAccount(String key, Set<String> groups, Instant at) {
    public RememberedAccount {
        groups = Set.copyOf(groups);
    }
}
