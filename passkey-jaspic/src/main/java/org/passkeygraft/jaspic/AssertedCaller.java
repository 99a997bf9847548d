package org.passkeygraft.jaspic;

import java.security.Principal;
import java.util.Set;

/**
 * The principal that a container gets for a caller, equal on every request with the same name and groups.
 *
 * <p>Tomcat remembers the last principal of a session and compares: for another one, as each bare name would be, it
 * changes the session id again, and of a page and its pictures asked for at once only one would stay logged on. The groups
 * count because otherwise it would go on with the roles that it remembers.
 *
 * <p>Not serializable on purpose: a stored session keeps no class of ours.
 */
record AssertedCaller(String getName, Set<String> groups) implements Principal {
    /** What applications print when they mean the name. */
    @Override
    public String toString() {
        return getName;
    }
}
