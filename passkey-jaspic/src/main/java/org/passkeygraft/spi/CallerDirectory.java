package org.passkeygraft.spi;

import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;

/**
 * Answers two questions on every logon, and again while a session lives: may this account be used now, and which groups
 * has it. A passkey logon has no password, so the container's realm cannot tell.
 */
public interface CallerDirectory {
    /**
     * Looks an account up by its key. Called by many threads at once, never inside a transaction of ours.
     *
     * @return empty if no account has this key now
     * @throws org.passkeygraft.UnavailableException if the accounts cannot be asked now
     */
    Optional<Entry> find(String accountKey);

    /**
     * Which account somebody means by a name they typed. Called by many threads at once.
     *
     * @return the account's canonical form, usable or not; empty if the name means nobody
     * @throws org.passkeygraft.UnavailableException if the accounts cannot be asked now
     */
    Optional<Account> resolve(String username);

    /**
     * What the directory says at this moment.
     *
     * @param usable exists and is neither locked, disabled nor expired
     */
    record Entry(Account account, boolean usable, Set<String> groups) {
        public Entry {
            groups = Set.copyOf(groups);
        }
    }
}
