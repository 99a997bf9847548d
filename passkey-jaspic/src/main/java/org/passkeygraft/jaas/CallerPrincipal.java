package org.passkeygraft.jaas;

import java.io.Serializable;
import java.security.Principal;

/** Who logged on, under the name that the application knows. Servers name this class in their configuration. */
public record CallerPrincipal(String name) implements Principal, Serializable {
    public CallerPrincipal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a caller needs a name");
        }
    }

    @Override
    public String getName() {
        return name;
    }
}
