package org.passkeygraft.http;

import java.util.Optional;

/** What became of following the container's caller. */
public sealed interface Followed {
    /** The request goes on, whoever it is from. */
    record On() implements Followed {}

    /**
     * The container's caller has shown a password, and another factor is due: nobody may take them for logged on (T-40).
     *
     * @param challenge for everything but our own pages
     */
    record HalfWay(Challenge challenge) implements Followed {}

    /** The container's logon was ended, or nobody can tell whether it holds. */
    record Refused(Challenge challenge) implements Followed {}

    /** What is answered in the application's place; empty where the request goes on. */
    default Optional<Challenge> answer() {
        if (this instanceof HalfWay halfWay) {
            return Optional.of(halfWay.challenge());
        }
        return this instanceof Refused refused ? Optional.of(refused.challenge()) : Optional.empty();
    }
}
