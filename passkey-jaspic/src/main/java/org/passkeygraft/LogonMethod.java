package org.passkeygraft;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a caller proved who they are: each is one thing that was shown. */
public enum LogonMethod {
    /** A passkey with user verification, which is two factors. */
    PASSKEY,
    PASSWORD,
    /** A passkey or older key beside the password, whose device need not have verified the user. */
    SECURITY_KEY,
    /** A code sent to the user's number or address. */
    ONE_TIME_CODE,
    /** One of the codes the user keeps on paper. */
    RECOVERY_CODE;

    /** How the audit trail, metrics and the session spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether these make two factors together: a passkey does by itself, a password with anything else beside it. */
    public static boolean areTwoFactors(Set<LogonMethod> shown) {
        return shown.contains(PASSKEY) || (shown.contains(PASSWORD) && shown.size() > 1);
    }

    public static Optional<LogonMethod> labelled(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label().equals(label))
                .findFirst();
    }
}
