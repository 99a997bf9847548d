package org.passkeygraft.engine;

import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.Rejection;

/** What the directory says of a caller whom the container logged on. */
public sealed interface ContainerStanding {
    /**
     * An account that may be used.
     *
     * @param epoch its generation of sessions
     */
    record Usable(Account account, Set<String> groups, long epoch) implements ContainerStanding {
        public Usable {
            groups = Set.copyOf(groups);
        }
    }

    /** An account that may not be used now. */
    record Unusable(Account account, Rejection reason) implements ContainerStanding {}

    /** Nobody that the directory knows: the container's realm has more accounts than it. */
    record Unknown() implements ContainerStanding {}
}
