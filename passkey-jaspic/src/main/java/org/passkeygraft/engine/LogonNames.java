package org.passkeygraft.engine;

import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.PolicyStore;

/**
 * Whom a typed name means (S5): a name is taken as it is typed first; its logon suffix goes only if that is nobody's name.
 * So a suffix gives names to users and takes none away.
 *
 * <p>A name with one of our suffixes costs one question more, whoever it means, and nobody's too (T-62). A directory that
 * remembers logons only (kinds {@code jaas} and {@code container}) does not know who exists: there the suffix goes unless
 * the whole name has logged on before, and no account's own name may end with it.
 */
record LogonNames(PolicyStore policy, CallerDirectory directory) {
    static LogonNames of(Parts parts) {
        return new LogonNames(parts.store().policy(), parts.accounts().directory());
    }

    /** One for all forms of a name, by no question. */
    String bare(String typed) {
        return stripped(typed).orElse(typed);
    }

    /** The account that is meant; empty if none is. */
    Optional<Account> resolve(String typed) {
        return directory.resolve(typed).or(() -> stripped(typed).flatMap(directory::resolve));
    }

    /** The same request under the name that the accounts know. */
    LogonRequest.Password meant(LogonRequest.Password request) {
        return stripped(request.username())
                .filter(bare -> directory.resolve(request.username()).isEmpty())
                .map(bare ->
                        new LogonRequest.Password(bare, request.password(), request.client(), request.containerRealm()))
                .orElse(request);
    }

    private Optional<String> stripped(String typed) {
        return policy.current().suffixes().strip(typed);
    }
}
