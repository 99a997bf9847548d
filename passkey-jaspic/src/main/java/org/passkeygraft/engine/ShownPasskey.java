package org.passkeygraft.engine;

import java.util.Set;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.CallerDirectory;

/**
 * A passkey that was right, of an account that may be used now.
 *
 * @param method {@link LogonMethod#PASSKEY} only where the device verified its user with a passkey that may log on alone
 * @param epoch the account's generation of sessions
 * @param policy as it is now
 */
record ShownPasskey(CallerDirectory.Entry owner, LogonMethod method, long epoch, PasskeyPolicy policy) {
    Accepted accepted() {
        return new Accepted(owner.account(), owner.groups(), Set.of(method), epoch);
    }
}
