package org.passkeygraft.policy;

import java.util.Set;

/** What somebody filled in as a policy. */
public sealed interface PolicyReading {
    /** It is one, though it may have conflicts. */
    record Read(PasskeyPolicy policy) implements PolicyReading {}

    /** These fields cannot be what was filled in, by their names in {@link PolicyFields}. */
    record Wrong(Set<String> fields) implements PolicyReading {
        public Wrong {
            fields = Set.copyOf(fields);
        }
    }
}
