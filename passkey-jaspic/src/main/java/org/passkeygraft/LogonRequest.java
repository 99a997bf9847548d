package org.passkeygraft;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt to log on, whichever door it came through. */
public sealed interface LogonRequest {
    Client client();

    /** The answer to a logon ceremony. */
    record Assertion(CeremonyAnswer answer, Client client) implements LogonRequest {}

    /**
     * A logon ticket, as a login form of the container's brought it.
     *
     * @param username the name it came with, which must be the ticket's own
     * @param ticket with its prefix
     */
    record Ticket(String username, String ticket, Client client) implements LogonRequest {
        /** Tells a ticket from a password. What begins so is never tried as a password. */
        public static final String PREFIX = "pkt1.";

        /** Whether what came as a password is a ticket. Makes no text of it, so that a password can be wiped. */
        public static boolean isTicket(char[] secret) {
            return secret.length >= PREFIX.length()
                    && Arrays.equals(secret, 0, PREFIX.length(), PREFIX.toCharArray(), 0, PREFIX.length());
        }

        @Override
        public String toString() {
            return "Ticket[username=" + username + ", ticket=***]";
        }
    }

    /**
     * A user name and a password as typed.
     *
     * @param password wiped by whoever made it, after the attempt
     * @param containerRealm where accounts of kind {@code container} are asked; null where the request has none
     */
    @SuppressWarnings("ArrayRecordComponent") // a char[] can be wiped
    record Password(
            String username,
            char[] password,
            Client client,
            @Nullable ContainerRealm containerRealm) implements LogonRequest {
        public Password(String username, char[] password, Client client) {
            this(username, password, client, null);
        }

        /** The same password of somebody whose name is not asked for. */
        public Password of(Account account) {
            return under(account.name());
        }

        /** The same password under another form of the name. */
        public Password under(String name) {
            return new Password(name, password, client, containerRealm);
        }

        /** The container's realm, if this request can ask it. */
        public Optional<ContainerRealm> realm() {
            return Optional.ofNullable(containerRealm);
        }

        @Override
        public String toString() {
            return "Password[username=" + username + ", password=***]";
        }
    }
}
