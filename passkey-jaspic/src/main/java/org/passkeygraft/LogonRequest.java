package org.passkeygraft;

/** One attempt to log on, whichever door it came through. */
public sealed interface LogonRequest {
    Client client();

    /** The answer to a logon ceremony. */
    record Assertion(CeremonyAnswer answer, Client client) implements LogonRequest {}

    /**
     * A user name and a password as typed.
     *
     * @param password wiped by whoever made it, after the attempt
     */
    @SuppressWarnings("ArrayRecordComponent") // a char[] can be wiped
    record Password(String username, char[] password, Client client) implements LogonRequest {
        @Override
        public String toString() {
            return "Password[username=" + username + ", password=***]";
        }
    }
}
