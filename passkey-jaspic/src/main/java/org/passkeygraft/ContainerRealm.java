package org.passkeygraft;

import java.util.Optional;

/**
 * The container's own user realm, as far as it can be asked while one request is being authenticated. Belongs to that
 * request and its thread.
 */
@FunctionalInterface
public interface ContainerRealm {
    /**
     * Whom the container takes this for, with the groups that it told.
     *
     * @param password not kept and not wiped: the caller does that
     * @return empty for an unknown name or a wrong password
     * @throws UnavailableException if the container cannot tell now
     */
    Optional<Caller> caller(String username, char[] password);
}
