package org.passkeygraft.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.CallerDirectory;

/**
 * What a logon is worth that the container made by itself, as in the JAAS door. The container says who it is and not how
 * that was shown: by a passkey where this browser got a ticket just before, else by a password. Thread-safe. Every method
 * throws {@link org.passkeygraft.UnavailableException} if nobody can tell now.
 */
public final class ContainerLogons {
    private final Parts parts;
    private final LogonTickets tickets;
    private final PasswordFactor password;

    ContainerLogons(Parts parts, LogonTickets tickets) {
        this.parts = parts;
        this.tickets = tickets;
        this.password = new PasswordFactor(parts);
    }

    /**
     * Decides about a session's caller, once.
     *
     * @param name as the container calls the caller
     * @param follower what the browser holds of a ticket, empty for nothing
     * @return empty where the accounts do not know the name: such callers are the container's own affair
     */
    public Optional<LogonResult> decide(String name, String follower, Client client) {
        return account(name).map(account -> {
            LogonResult result = Accounts.usable(parts.accounts().directory(), account.key())
                    .<LogonResult>fold(entry -> worth(entry, follower), Rejected::new);
            if (result instanceof Rejected refused) {
                parts.audit()
                        .record(
                                AuditEvent.Type.SESSION_ENDED,
                                account.name(),
                                client,
                                Map.of("reason", refused.reason().name()));
            }
            return result;
        });
    }

    private LogonResult worth(CallerDirectory.Entry entry, String follower) {
        long epoch = parts.store().users().epoch(entry.account().key()).orElse(0);
        return tickets.isFollowed(follower, entry.account(), epoch)
                ? new Accepted(entry.account(), entry.groups(), Set.of(LogonMethod.PASSKEY), epoch)
                : password.worthOfLogon(entry);
    }

    /** Whether that is who the container means, as the accounts know the name now. */
    public boolean isOf(String name, Account account) {
        return account(name).filter(account::equals).isPresent();
    }

    /**
     * Why a password alone, which the container has checked, does not do for a client that can show nothing further; empty if
     * it does.
     */
    public Optional<Rejection> objectionToPassword(String name) {
        PasskeyPolicy policy = parts.store().policy().current();
        if (policy.secondFactor().isOff() && policy.password() == PasswordRule.ALLOWED) {
            return Optional.empty();
        }
        return account(name)
                .map(account -> Accounts.usable(parts.accounts().directory(), account.key())
                        .<LogonResult>fold(password::worthOfRequest, Rejected::new))
                .filter(Rejected.class::isInstance)
                .map(refused -> ((Rejected) refused).reason());
    }

    private Optional<Account> account(String name) {
        return TypedNames.isPossible(name) ? parts.accounts().directory().resolve(name) : Optional.empty();
    }
}
