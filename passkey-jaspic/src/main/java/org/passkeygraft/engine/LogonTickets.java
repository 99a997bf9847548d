package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.LogonTicket;
import org.passkeygraft.spi.CallerDirectory;

/**
 * Hands a logon by passkey over to a container that takes a name and a password only: the logon gives a ticket, the
 * container's own form sends it as the password, and the LoginModule trades it for the caller. Good for 60 seconds, for
 * one application, for one account, once on any number of servers. Thread-safe.
 */
public final class LogonTickets {
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final Parts parts;

    LogonTickets(Parts parts) {
        this.parts = parts;
    }

    /** A ticket for whom the engine has just accepted, with every factor that was due. */
    public String issue(Accepted logon) {
        Instant now = parts.clock().instant();
        return LogonRequest.Ticket.PREFIX
                + parts.ceremonies()
                        .seal(LogonTicket.issue(
                                parts.random(), now, now.plus(LIFETIME), logon.account(), logon.epoch()));
    }

    /**
     * Whose ticket this is. What can be opened is spent at once, whatever comes of it: a directory that does not answer
     * costs a ticket, not a second try.
     */
    Checked<Accepted> redeem(LogonRequest.Ticket request) {
        Optional<LogonTicket> opened = Optional.of(request.ticket())
                .filter(text -> text.startsWith(LogonRequest.Ticket.PREFIX))
                .flatMap(text -> parts.ceremonies().openTicket(text.substring(LogonRequest.Ticket.PREFIX.length())));
        if (opened.isEmpty()) {
            return Checked.refused(Rejection.CEREMONY_UNKNOWN);
        }
        LogonTicket ticket = opened.get();
        if (!parts.store().credentials().spend(ticket.spent())) {
            return Checked.refused(Rejection.CEREMONY_SPENT);
        }
        if (!parts.store().policy().current().allowed()) {
            return Checked.refused(Rejection.PASSKEYS_OFF);
        }
        return Accounts.usable(parts.accounts().directory(), ticket.account().key())
                .then(entry -> redeem(ticket, entry, request.username()));
    }

    /** The container will call the caller by the name that came along: it must be the account's, letter by letter. */
    private Checked<Accepted> redeem(LogonTicket ticket, CallerDirectory.Entry entry, String username) {
        if (!username.equals(ticket.account().name())
                || !username.equals(entry.account().name())) {
            return Checked.refused(Rejection.WRONG_ACCOUNT);
        }
        long epoch = parts.store().users().epoch(entry.account().key()).orElse(0);
        return epoch == ticket.epoch()
                ? Checked.passed(new Accepted(entry.account(), entry.groups(), Set.of(LogonMethod.PASSKEY), epoch))
                : Checked.refused(Rejection.SESSIONS_ENDED);
    }
}
