package org.passkeygraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.store.Grant;
import org.passkeygraft.store.GrantKind;
import org.passkeygraft.store.GrantStore;

/**
 * Remembers first factors that were right, in the database alone, until another factor follows or five minutes are over. What
 * the browser holds is sealed too, so that a made-up pass costs no statement.
 */
final class HalfLogons {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final GrantStore grants;
    private final Ceremonies ceremonies;
    private final InstantSource clock;

    HalfLogons(Parts parts) {
        this.grants = parts.store().grants();
        this.ceremonies = parts.ceremonies();
        this.clock = parts.clock();
    }

    SecondFactorRequired issue(Account account, LogonMethod shown, long epoch) {
        String pass = grants.issue(kind(shown), account, epoch, "", LIFETIME);
        String sealed = ceremonies.sealPass(pass, clock.instant().plus(LIFETIME));
        return new SecondFactorRequired(account, sealed, shown, LIFETIME);
    }

    private static GrantKind kind(LogonMethod shown) {
        return shown == LogonMethod.PASSWORD ? GrantKind.PASSWORD_PASSED : GrantKind.PASSKEY_PASSED;
    }

    /** Whichever factor was right. */
    Optional<Grant> look(String pass) {
        return look(LogonMethod.PASSWORD, pass).or(() -> look(LogonMethod.PASSKEY, pass));
    }

    Optional<Grant> look(LogonMethod shown, String pass) {
        return ceremonies.openPass(pass).flatMap(secret -> grants.look(kind(shown), secret));
    }

    /** Uses it up; false if somebody was quicker. */
    boolean takes(Grant half) {
        return grants.takes(half);
    }

    /** The factor that was right. */
    static LogonMethod shown(Grant half) {
        return half.kind() == GrantKind.PASSWORD_PASSED ? LogonMethod.PASSWORD : LogonMethod.PASSKEY;
    }
}
