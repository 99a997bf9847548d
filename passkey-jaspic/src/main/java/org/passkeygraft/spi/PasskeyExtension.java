package org.passkeygraft.spi;

import java.util.List;
import java.util.Optional;

/**
 * What an application can bring of its own, found by {@link java.util.ServiceLoader} in the application's class loader.
 * Every method has an empty default. At most one extension may bring accounts.
 */
public interface PasskeyExtension {
    /** Own accounts, used instead of the configured kind. Asked once, when the application starts. */
    default Optional<Accounts> accounts() {
        return Optional.empty();
    }

    /** Sinks that get every audit event, beside the log. Asked once, when the application starts. */
    default List<AuditSink> auditSinks() {
        return List.of();
    }

    /**
     * Own ways to bring codes and notices to users; for a kind of contact that one of them reaches it is used instead of the
     * configured one. Asked once, when the application starts.
     */
    default List<OneTimeCodeSender> oneTimeCodeSenders() {
        return List.of();
    }

    /** The password fallback and the directory of one kind of accounts. */
    record Accounts(PasswordVerifier passwords, CallerDirectory directory) {}
}
