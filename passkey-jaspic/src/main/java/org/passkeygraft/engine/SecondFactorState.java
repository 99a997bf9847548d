package org.passkeygraft.engine;

import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.LogonMethod;

/**
 * Half a logon, and what its other half can be.
 *
 * @param account whose first factor was right; not logged on
 * @param shown the factor that was right
 * @param mustBind whether the account needs a passkey and has none: then it binds one first (T-43)
 * @param ways any one of them completes the logon; empty where one must be bound and nothing else will do
 */
public record SecondFactorState(Account account, LogonMethod shown, boolean mustBind, Set<LogonMethod> ways) {
    public SecondFactorState {
        ways = Set.copyOf(ways);
    }
}
