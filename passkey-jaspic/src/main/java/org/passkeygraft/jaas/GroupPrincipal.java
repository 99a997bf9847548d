package org.passkeygraft.jaas;

import java.io.Serializable;
import java.security.Principal;

/** A group of whoever logged on, which the container takes for a role. Servers name this class in their configuration. */
public record GroupPrincipal(String name) implements Principal, Serializable {
    @Override
    public String getName() {
        return name;
    }
}
