package org.passkeygraft.store;

import java.time.Instant;
import org.passkeygraft.Bytes;

/**
 * A key that seals pending ceremonies. Of several, the one with the latest {@code sealFrom} that has passed seals; every
 * one opens until {@code openUntil}.
 *
 * @param id 8 characters that a token names its key by
 * @param key 32 random bytes
 */
public record SealingKey(String id, Bytes key, Instant sealFrom, Instant openUntil) {
    /** Never prints the key. */
    @Override
    public String toString() {
        return "SealingKey[id=" + id + ", key=***, sealFrom=" + sealFrom + ", openUntil=" + openUntil + "]";
    }
}
