package org.passkeygraft.accounts;

import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.spi.PasswordVerifier;

/** An extension's verifier: whatever breaks in it decides nothing. */
record GuardedPasswords(PasswordVerifier extension) implements PasswordVerifier {
    @Override
    public Optional<Account> verify(String username, char[] password) {
        return GuardedDirectory.guarded(() -> extension.verify(username, password));
    }

    @Override
    public boolean hasPassword(String accountKey) {
        return GuardedDirectory.guarded(() -> Optional.of(extension.hasPassword(accountKey)))
                .orElse(true);
    }
}
