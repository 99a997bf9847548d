package org.passkeygraft.engine;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Contact;
import org.passkeygraft.LogonMethod;

/**
 * Which backup codes an account can show now, beside its password.
 *
 * @param contact where a one-time code would go, null for nowhere
 * @param sent whether one has gone there that this browser can still show
 * @param recoveryCodes whether there are any left
 */
public record BackupOffer(@Nullable Contact contact, boolean sent, boolean recoveryCodes) {
    /** No codes. */
    public static final BackupOffer NONE = new BackupOffer(null, false, false);

    /** Which kinds of code there are. */
    Set<LogonMethod> methods() {
        Set<LogonMethod> methods = EnumSet.noneOf(LogonMethod.class);
        if (contact != null) {
            methods.add(LogonMethod.ONE_TIME_CODE);
        }
        if (recoveryCodes) {
            methods.add(LogonMethod.RECOVERY_CODE);
        }
        return methods;
    }

    public boolean isNone() {
        return contact == null && !recoveryCodes;
    }

    /** Enough of where a code goes for its owner, and empty for nowhere. */
    public String masked() {
        return Optional.ofNullable(contact).map(Contact::masked).orElse("");
    }
}
