package org.passkeygraft.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Checked;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserStanding;

/** The one rule on who may administer (T-52): asked anew for every page and every change, of the directory itself. */
public final class Administrators {
    private final PasskeyConfiguration configuration;
    private final Parts parts;

    Administrators(PasskeyConfiguration configuration, Parts parts) {
        this.configuration = configuration;
        this.parts = parts;
    }

    /** Whether this account is one of the administrators now. */
    boolean includes(CallerDirectory.Entry entry) {
        return isRoleOf(entry.groups());
    }

    /**
     * Returns whether one administrator alone may not take the last passkey of this account (T-122): the account is an
     * administrator's, or nobody can tell. Directories withhold the groups of an account that is locked, expired or removed,
     * so only the groups of an account that can be used show that it is no administrator's.
     */
    boolean needsTwo(String accountKey) {
        try {
            return Accounts.usable(parts.accounts().directory(), accountKey)
                    .<Boolean>fold(this::includes, notKnown -> true);
        } catch (UnavailableException notKnown) {
            return true;
        }
    }

    /** Whether members of these groups are shown the way here. What is there asks the directory again. */
    public boolean isRoleOf(Set<String> groups) {
        return configuration
                .administration()
                .administratorRole()
                .filter(groups::contains)
                .isPresent();
    }

    /** Why this caller may not look at administration, which is recorded then; empty if they may. */
    public Optional<Rejection> objectionToLook(ProvenCaller caller) {
        Optional<Rejection> objection = look(caller);
        objection.ifPresent(reason -> refused(caller, "look", reason, Map.of()));
        return objection;
    }

    /** Records what administration refused to a caller (T-127). */
    void refused(ProvenCaller caller, String action, Rejection reason, Map<String, String> details) {
        parts.audit().refused(AuditEvent.Type.ADMINISTRATION_REFUSED, caller, action, reason, details);
    }

    private Optional<Rejection> look(ProvenCaller caller) {
        return Accounts.usable(parts.accounts().directory(), caller.account().key())
                .<Optional<Rejection>>fold(
                        entry -> includes(entry) ? Optional.empty() : Optional.of(Rejection.NOT_ADMINISTRATOR),
                        Optional::of);
    }

    /** The user whom this caller wants to change, if they may: anybody but themselves. */
    Checked<PasskeyUser> mayChange(ProvenCaller caller, String handle) {
        return objectionToChange(caller)
                .map(Checked::<PasskeyUser>refused)
                .orElseGet(() -> UserHandle.parse(handle)
                        .flatMap(parts.store().users()::byHandle)
                        .map(user ->
                                user.account().key().equals(caller.account().key())
                                        ? Checked.<PasskeyUser>refused(Rejection.OWN_ACCOUNT)
                                        : Checked.passed(user))
                        .orElseGet(() -> Checked.refused(Rejection.ACCOUNT_UNKNOWN)));
    }

    /** Why this caller may not change anything; empty if they may. Their proof must be one for administration. */
    public Optional<Rejection> objectionToChange(ProvenCaller caller) {
        Optional<Rejection> objection = look(caller);
        if (objection.isPresent()) {
            return objection;
        }
        UserStanding standing = parts.store().users().standing(caller.account().key());
        if (standing.known().filter(user -> user.epoch() != caller.epoch()).isPresent()) {
            return Optional.of(Rejection.SESSIONS_ENDED);
        }
        return parts.proofs().suffices(caller.proofs(), parts.store().policy().current(), standing.passkeys())
                ? Optional.empty()
                : Optional.of(Rejection.CONFIRMATION_REQUIRED);
    }
}
