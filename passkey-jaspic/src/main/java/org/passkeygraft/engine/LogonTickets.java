package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.Grant;
import org.passkeygraft.store.GrantKind;
import org.passkeygraft.store.UserStanding;

/**
 * Hands a logon by passkey over to a container that takes a name and a password only: the logon gives a ticket, the
 * container's own form sends it as the password, and the LoginModule trades it for the caller. Good for 60 seconds, for
 * one application, for one account, once on any number of servers. A grant and not a sealed token: who can read the
 * database, keys included, cannot make one (T-120). Thread-safe.
 */
public final class LogonTickets {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    /** The container's form takes its time. */
    private static final Duration FOLLOWED_WITHIN = LIFETIME.multipliedBy(2);

    private final Parts parts;
    /** Applications may share a database. */
    private final String application;
    /** Digests of the tickets that were redeemed here within their lifetime. */
    private final Map<String, Redeemed> redeemed = new ConcurrentHashMap<>();

    /** @param applicationId tells this application's tickets from those of others */
    LogonTickets(Parts parts, String applicationId) {
        this.parts = parts;
        this.application = Bytes.of(applicationId.getBytes(StandardCharsets.UTF_8))
                .sha256()
                .base64url();
    }

    /**
     * A ticket, and what the browser that got it shows when the container has logged its user on.
     *
     * @param text for the container's form, with its prefix
     * @param follower 43 characters that log nobody on: they tell that it was a passkey
     * @param lifetime of the follower
     */
    public record Issued(String text, String follower, Duration lifetime) {
        @Override
        public String toString() {
            return "Issued[***]";
        }
    }

    /** A ticket for whom the engine has just accepted, with every factor that was due. */
    public Issued issue(Accepted logon) {
        String ticket = issue(GrantKind.TICKET, logon, LIFETIME);
        return new Issued(
                LogonRequest.Ticket.PREFIX + ticket,
                issue(GrantKind.TICKET_FOLLOWED, logon, FOLLOWED_WITHIN),
                FOLLOWED_WITHIN);
    }

    private String issue(GrantKind kind, Accepted logon, Duration lifetime) {
        return parts.store().grants().issue(kind, logon.account(), logon.epoch(), application, lifetime);
    }

    /** Whether this browser got a ticket for this account just before; the follower is used up by it. */
    boolean isFollowed(String follower, Account account, long epoch) {
        return parts.store()
                .grants()
                .look(GrantKind.TICKET_FOLLOWED, follower)
                .filter(grant -> grant.detail().equals(application))
                .filter(grant -> grant.account().key().equals(account.key()) && grant.epoch() == epoch)
                .filter(parts.store().grants()::takes)
                .isPresent();
    }

    /**
     * Returns whether what came as a password is a ticket that this server has just redeemed for this caller, and forgets it.
     * Only that tells a logon by ticket: a password may look like one (T-42).
     */
    public boolean consumeRedeemed(String secret, String caller) {
        Redeemed ticket = redeemed.remove(digest(secret));
        return ticket != null
                && ticket.caller().equals(caller)
                && parts.clock().instant().isBefore(ticket.until());
    }

    private void remember(LogonRequest.Ticket ticket, Account account) {
        Instant now = parts.clock().instant();
        redeemed.values().removeIf(old -> !now.isBefore(old.until()));
        redeemed.put(digest(ticket.ticket()), new Redeemed(account.name(), now.plus(LIFETIME)));
    }

    private static String digest(String secret) {
        return Bytes.of(secret.getBytes(StandardCharsets.UTF_8)).sha256().base64url();
    }

    /**
     * Whose ticket this is. It is taken at once, whatever comes of it: a directory that does not answer costs a ticket, not
     * a second try.
     */
    Checked<Accepted> redeem(LogonRequest.Ticket request) {
        Optional<Grant> taken = Optional.of(request.ticket())
                .filter(text -> text.startsWith(LogonRequest.Ticket.PREFIX))
                .map(text -> text.substring(LogonRequest.Ticket.PREFIX.length()))
                .flatMap(shown -> parts.store().grants().look(GrantKind.TICKET, shown))
                .filter(grant -> grant.detail().equals(application))
                .filter(parts.store().grants()::takes);
        if (taken.isEmpty()) {
            return Checked.refused(Rejection.CEREMONY_UNKNOWN);
        }
        Grant ticket = taken.get();
        return Accounts.usable(parts.accounts().directory(), ticket.account().key())
                .then(entry -> redeem(ticket, entry, request));
    }

    /** The container will call the caller by the name that came along: it must be the account's, letter by letter. */
    private Checked<Accepted> redeem(Grant ticket, CallerDirectory.Entry entry, LogonRequest.Ticket request) {
        String username = request.username();
        if (!username.equals(ticket.account().name())
                || !username.equals(entry.account().name())) {
            return Checked.refused(Rejection.WRONG_ACCOUNT);
        }
        UserStanding standing = parts.store().users().standing(entry.account().key());
        if (!standing.policy().allowed()) {
            return Checked.refused(Rejection.PASSKEYS_OFF);
        }
        long epoch = standing.epoch();
        if (epoch == ticket.epoch()) {
            remember(request, entry.account());
        }
        return epoch == ticket.epoch()
                ? Checked.passed(new Accepted(entry.account(), entry.groups(), Set.of(LogonMethod.PASSKEY), epoch))
                : Checked.refused(Rejection.SESSIONS_ENDED);
    }

    private record Redeemed(String caller, Instant until) {}
}
