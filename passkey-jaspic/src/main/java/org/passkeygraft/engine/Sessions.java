package org.passkeygraft.engine;

import java.util.Map;
import java.util.Optional;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.PasskeyUser;

/** "Log off everywhere": what a user does who left a session open, or fears that somebody else has one. Thread-safe. */
public final class Sessions {
    private final Parts parts;
    private final UserSettlement settlement;

    Sessions(Parts parts) {
        this.parts = parts;
        this.settlement = new UserSettlement(parts.store().users(), parts.audit());
    }

    /**
     * Ends all of the caller's sessions, each when it is next asked whether it holds; the one that this comes from may be
     * led on into the next epoch. Asks for no proof: who is in a hurry to end somebody's session must not be held up, and
     * nobody gains by it.
     *
     * @return why not; empty if done
     */
    public Optional<Rejection> endAll(ProvenCaller caller) {
        PasskeyUser user = settlement.settle(caller.account(), caller.client());
        if (!parts.store().users().endsEpoch(user.handle(), caller.epoch())) {
            return Optional.of(Rejection.SESSIONS_ENDED);
        }
        parts.audit().record(AuditEvent.Type.SESSIONS_ENDED, caller.account().name(), caller.client(), Map.of());
        return Optional.empty();
    }
}
