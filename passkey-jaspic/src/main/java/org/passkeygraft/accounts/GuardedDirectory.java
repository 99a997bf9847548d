package org.passkeygraft.accounts;

import java.util.Optional;
import java.util.function.Supplier;
import org.passkeygraft.Account;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.spi.CallerDirectory;

/** An extension's directory: whatever breaks in it is an accident of the moment, never an answer. */
record GuardedDirectory(CallerDirectory extension) implements CallerDirectory {
    @Override
    public Optional<Entry> find(String accountKey) {
        return guarded(() -> extension.find(accountKey));
    }

    @Override
    public Optional<Account> resolve(String username) {
        return guarded(() -> extension.resolve(username));
    }

    static <T> Optional<T> guarded(Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (UnavailableException known) {
            throw known;
        } catch (RuntimeException broken) {
            throw new UnavailableException("the extension that brings the accounts failed", broken);
        }
    }
}
