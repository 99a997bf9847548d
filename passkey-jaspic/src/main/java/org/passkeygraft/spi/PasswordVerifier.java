package org.passkeygraft.spi;

import java.util.Optional;
import org.passkeygraft.Account;

/** Checks the password that remains as the fallback, against whatever the application already uses. */
public interface PasswordVerifier {
    /**
     * Whose password this is. Takes about as long for an unknown name as for a known one. Called by many threads at once;
     * at most so many checks run at a time as the implementation can afford.
     *
     * @param username as typed
     * @param password not kept and not wiped: the caller does that
     * @return the account under its canonical name, whether usable or not; empty for an unknown name or a wrong password
     * @throws org.passkeygraft.UnavailableException if the accounts cannot be asked now
     */
    Optional<Account> verify(String username, char[] password);

    /**
     * Whether the account has a password at all. Where it has none, an administrator's pass alone lets its user bind a new
     * passkey; in doubt it has one.
     *
     * @throws org.passkeygraft.UnavailableException if the accounts cannot be asked now
     */
    default boolean hasPassword(String accountKey) {
        return true;
    }
}
