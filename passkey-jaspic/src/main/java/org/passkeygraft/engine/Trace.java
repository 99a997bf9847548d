package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialId;
import org.passkeygraft.LogonRequest;

/**
 * What becomes known of one attempt while it is decided, for the audit trail. In a refusal it is what the attempt claims,
 * not what anybody proved. Of one thread.
 */
final class Trace {
    private final Client client;
    private final Map<String, String> details = new TreeMap<>();
    private final long started = System.nanoTime();
    private String account;
    private @Nullable Instant begun;

    /** Of somebody who typed this name, or none. */
    Trace(Client client, String typedName) {
        this.client = client;
        this.account = typedName;
    }

    static Trace of(LogonRequest request) {
        return new Trace(request.client(), typedName(request));
    }

    private static String typedName(LogonRequest request) {
        if (request instanceof LogonRequest.Password password) {
            return password.username();
        }
        return request instanceof LogonRequest.Ticket ticket ? ticket.username() : "";
    }

    Client client() {
        return client;
    }

    /** The account's name, or what was typed while no account is known. */
    String account() {
        return account;
    }

    /** The key of the account and that of the passkey, as far as they are known. */
    Map<String, String> details() {
        return Map.copyOf(details);
    }

    void shows(CredentialId passkey) {
        details.put("passkey", passkey.key());
    }

    /** When the ceremony began that this answers; empty if none is open here. */
    Optional<Instant> begun() {
        return Optional.ofNullable(begun);
    }

    void answersCeremonyOf(Instant time) {
        begun = time;
    }

    /** How long it has taken us so far. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    void isOf(Account owner) {
        account = owner.name();
        details.put("key", owner.key());
    }
}
