package org.passkeygraft.engine;

import org.passkeygraft.Account;
import org.passkeygraft.spi.NoticeKind;

/** Tells users what happened to their account, beside the request that made it happen. Thread-safe. */
final class Notices {
    /**
     * Tells a user, if there is a way to.
     *
     * @param subject the passkey's name or who did it, where the kind needs it; empty if not
     */
    void tell(Account account, NoticeKind kind, String subject) {}
}
