package org.passkeygraft.accounts;

import java.lang.System.Logger.Level;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.store.RememberedStore;

/** Notes what each full password logon tells, for {@link RememberedDirectory}. A refused password changes nothing. */
final class Remembering {
    private static final System.Logger LOG = System.getLogger(Remembering.class.getName());

    private final RememberedStore store;

    Remembering(RememberedStore store) {
        this.store = store;
    }

    Optional<Account> verify(ContainerRealm realm, String username, char[] password) {
        // A ticket is nobody's password and must never get into foreign hands.
        if (!TypedName.isAskable(username) || LogonRequest.Ticket.isTicket(password)) {
            return Optional.empty();
        }
        return realm.caller(username, password).flatMap(this::remember);
    }

    private Optional<Account> remember(Caller caller) {
        try {
            Account account = Account.named(caller.name());
            store.remember(account.key(), caller.groups());
            return Optional.of(account);
        } catch (IllegalArgumentException unfit) {
            LOG.log(
                    Level.WARNING,
                    "account {0} cannot be remembered, so it cannot log on: {1}",
                    TypedName.oneLine(caller.name()),
                    unfit.getMessage());
            return Optional.empty();
        }
    }
}
