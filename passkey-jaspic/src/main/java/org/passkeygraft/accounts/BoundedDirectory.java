package org.passkeygraft.accounts;

import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.Places;
import org.passkeygraft.spi.CallerDirectory;

/** A directory that only a bounded number of threads may ask at once: one that hangs does not take all of them (T-124). */
record BoundedDirectory(CallerDirectory directory, Places places) implements CallerDirectory {
    @Override
    public Optional<Entry> find(String accountKey) {
        return places.within(() -> directory.find(accountKey));
    }

    @Override
    public Optional<Account> resolve(String username) {
        return places.within(() -> directory.resolve(username));
    }
}
