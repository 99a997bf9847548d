package org.passkeygraft.engine;

import java.util.Map;
import org.passkeygraft.Checked;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserStanding;

/** "Log off everywhere": what a user does who left a session open, or fears that somebody else has one. Thread-safe. */
public final class Sessions {
    private final Parts parts;
    private final UserSettlement settlement;
    private final OncePerMinute withoutProof;

    Sessions(Parts parts) {
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
        this.withoutProof = new OncePerMinute(parts.clock());
    }

    /** Which of a caller's sessions end. */
    public enum Ended {
        /** The session that this comes from may be led on into the next epoch. */
        ALL_OTHERS,
        /** The session that this comes from ends too. */
        ALL
    }

    /**
     * Ends the caller's sessions, each when it is next asked whether it holds, and with them pending logons and reset links.
     * A caller who has freshly re-authenticated stays logged on. Everybody else may do it too, because the owner of a stolen
     * session must not be held up, but loses the own session by it and may do it once a minute on each server: a thief who
     * has only the cookie ends the own access (T-123).
     *
     * @return which sessions ended, or why none did
     */
    public Checked<Ended> endAll(ProvenCaller caller) {
        Checked<Ended> outcome = tryToEndAll(caller);
        outcome.refusal()
                .ifPresent(reason -> parts.audit()
                        .refused(AuditEvent.Type.CHANGE_REFUSED, caller, "end-sessions", reason, Map.of()));
        return outcome;
    }

    private Checked<Ended> tryToEndAll(ProvenCaller caller) {
        PasskeyUser user = settlement.settle(caller.account(), caller.client());
        if (user.epoch() != caller.epoch()) {
            return Checked.refused(Rejection.SESSIONS_ENDED);
        }
        boolean stays = staysLoggedOn(caller);
        if (!stays && !withoutProof.lets(caller.account().key())) {
            return Checked.refused(Rejection.TOO_OFTEN);
        }
        if (!parts.store().users().endsEpoch(user.handle(), caller.epoch())) {
            return Checked.refused(Rejection.SESSIONS_ENDED);
        }
        parts.audit().record(AuditEvent.Type.SESSIONS_ENDED, caller.account().name(), caller.client(), Map.of());
        return Checked.passed(stays ? Ended.ALL_OTHERS : Ended.ALL);
    }

    /** Returns whether {@link #endAll} would leave the caller's own session alive now. */
    public boolean staysLoggedOn(ProvenCaller caller) {
        UserStanding standing = parts.store().users().standing(caller.account().key());
        return parts.proofs().suffices(caller.proofs(), standing.policy(), standing.passkeys());
    }
}
