package org.passkeygraft.store;

import java.util.List;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.Problem;

/** Says to the operator why the store cannot work with a database that answers. */
final class RefusedDatabase {
    private RefusedDatabase() {}

    /**
     * Returns the refusal to throw.
     *
     * @param configured says which key names the database
     * @param description of the database, without a password
     * @param remedy the reason and what to do
     */
    static ConfigurationException because(Database configured, String description, String remedy) {
        return new ConfigurationException(List.of(new Problem(key(configured), description, remedy)));
    }

    private static String key(Database configured) {
        if (configured instanceof Database.Jndi) {
            return "passkey.store.jndi";
        }
        return configured instanceof Database.Url ? "passkey.store.url" : "passkey.store.dir";
    }
}
