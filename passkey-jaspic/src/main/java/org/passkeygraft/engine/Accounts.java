package org.passkeygraft.engine;

import org.passkeygraft.Checked;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.CallerDirectory;

/** The one rule on whether an account may be used now (G12, T-37). */
final class Accounts {
    private Accounts() {}

    static Checked<CallerDirectory.Entry> usable(CallerDirectory directory, String accountKey) {
        return directory
                .find(accountKey)
                .map(entry -> entry.usable()
                        ? Checked.passed(entry)
                        : Checked.<CallerDirectory.Entry>refused(Rejection.ACCOUNT_UNUSABLE))
                .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN));
    }
}
