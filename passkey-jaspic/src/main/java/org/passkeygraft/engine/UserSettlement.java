package org.passkeygraft.engine;

import java.util.Map;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.Establishment;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserStore;

/** Brings the store's user in line with the account as it is called now, and notes whose passkeys rest since (T-110). */
final class UserSettlement {
    private final UserStore users;
    private final Audit audit;

    UserSettlement(UserStore users, Audit audit) {
        this.users = users;
        this.audit = audit;
    }

    /** The account's user, made or renamed where needed. */
    PasskeyUser settle(Account account, Client client) {
        Establishment settled = users.settle(account);
        for (PasskeyUser other : settled.quarantined()) {
            audit.record(
                    AuditEvent.Type.PASSKEYS_QUARANTINED,
                    other.account().name(),
                    client,
                    Map.of("key", other.account().key(), "heir", account.key()));
        }
        return settled.user();
    }

    /** The same for a user that was just read: no statement unless the account's name has changed. */
    PasskeyUser upToDate(PasskeyUser user, Account account, Client client) {
        return user.account().equals(account) ? user : settle(account, client);
    }
}
