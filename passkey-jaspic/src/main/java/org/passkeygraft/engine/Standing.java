package org.passkeygraft.engine;

import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.Rejection;

/** Whether a logon of some time ago still holds. */
public sealed interface Standing {
    /** It does; the account may have another name or other groups by now. */
    record Good(Account account, Set<String> groups) implements Standing {
        public Good {
            groups = Set.copyOf(groups);
        }
    }

    /** The account may not be used now, or its sessions were ended. */
    record Ended(Rejection reason) implements Standing {}
}
