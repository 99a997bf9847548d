package org.passkeygraft.accounts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.RememberedAccount;
import org.passkeygraft.store.RememberedStore;

/**
 * What the last full password logon told, in place of a directory that nobody can ask. It cannot see a lock; so what is
 * too old does not count any more, and the password is asked.
 */
final class RememberedDirectory implements CallerDirectory {
    private final RememberedStore store;
    private final Duration maximumAge;
    private final InstantSource clock;

    RememberedDirectory(RememberedStore store, Duration maximumAge, InstantSource clock) {
        this.store = store;
        this.maximumAge = maximumAge;
        this.clock = clock;
    }

    @Override
    public Optional<Entry> find(String accountKey) {
        return remembered(accountKey)
                .map(account -> new Entry(Account.named(account.key()), isRecent(account), account.groups()));
    }

    @Override
    public Optional<Account> resolve(String username) {
        return remembered(username).map(account -> Account.named(account.key()));
    }

    private Optional<RememberedAccount> remembered(String key) {
        return TypedName.isAskable(key) ? store.byKey(key) : Optional.empty();
    }

    /** A time far ahead of ours is no younger for that. */
    private boolean isRecent(RememberedAccount account) {
        return Duration.between(account.at(), clock.instant()).abs().compareTo(maximumAge) <= 0;
    }
}
