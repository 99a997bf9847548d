package org.passkeygraft.accounts;

import java.security.MessageDigest;
import org.passkeygraft.Bytes;

/** A hash from the user table, understood. */
record StoredHash(Derivation derivation, Bytes digest) {
    /** A password that is stored as it is. Compared by its digest, so that the time tells nothing of its length. */
    static StoredHash ofPlainText(String password) {
        Derivation derivation = new SaltedDigest("SHA-256", Bytes.of(new byte[0]));
        return new StoredHash(derivation, Bytes.of(derivation.derive(password.toCharArray())));
    }

    /** Compares in constant time. */
    boolean matches(char[] password) {
        return MessageDigest.isEqual(digest.toArray(), derivation.derive(password));
    }

    @Override
    public String toString() {
        return "StoredHash[***]";
    }
}
