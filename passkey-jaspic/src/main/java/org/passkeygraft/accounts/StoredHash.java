package org.passkeygraft.accounts;

import java.security.MessageDigest;
import org.passkeygraft.Bytes;

/** A hash from the user table, understood. */
record StoredHash(Derivation derivation, Bytes digest) {
    /** Compares in constant time. */
    boolean matches(char[] password) {
        return MessageDigest.isEqual(digest.toArray(), derivation.derive(password));
    }

    @Override
    public String toString() {
        return "StoredHash[***]";
    }
}
