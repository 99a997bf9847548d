package org.passkeygraft.ceremony;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.passkeygraft.Bytes;

/**
 * A browser that accounts were logged on with.
 *
 * @param id 16 random bytes
 * @param expiresAt in whole milliseconds; from then on nothing is known of it
 * @param names SHA-256 of the accounts' names, the last used first; at most three, for who shares a browser with more is
 *     none of its owners
 */
public record KnownDevice(Bytes id, Instant expiresAt, List<Bytes> names) {
    private static final int MOST_NAMES = 3;
    private static final int ID_LENGTH = 16;
    private static final int DIGEST_LENGTH = 32;

    public KnownDevice {
        if (id.length() != ID_LENGTH || names.size() > MOST_NAMES) {
            throw new IllegalArgumentException("a device has an id of 16 bytes and at most three names");
        }
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        names = List.copyOf(names);
    }

    /** One that nobody has logged on with yet. */
    public static KnownDevice random(SecureRandom random, Instant expiresAt) {
        byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        return new KnownDevice(Bytes.of(id), expiresAt, List.of());
    }

    /** The same browser after a logon with this name, which comes first. */
    public KnownDevice with(Bytes name, Instant newExpiry) {
        List<Bytes> all = Stream.concat(Stream.of(name), names.stream().filter(other -> !other.equals(name)))
                .limit(MOST_NAMES)
                .toList();
        return new KnownDevice(id, newExpiry, all);
    }

    public boolean knows(Bytes name) {
        return names.contains(name);
    }

    byte[] encode() {
        ByteBuffer content = ByteBuffer.allocate(ID_LENGTH + Long.BYTES + names.size() * DIGEST_LENGTH)
                .put(id.toArray())
                .putLong(expiresAt.toEpochMilli());
        names.forEach(name -> content.put(name.toArray()));
        return content.array();
    }

    /** Reads what we sealed ourselves; anything else is a defect, not input. */
    static KnownDevice decode(byte[] content) {
        ByteBuffer input = ByteBuffer.wrap(content);
        Bytes id = next(input, ID_LENGTH);
        Instant expiresAt = Instant.ofEpochMilli(input.getLong());
        List<Bytes> names = new ArrayList<>();
        while (input.hasRemaining()) {
            names.add(next(input, DIGEST_LENGTH));
        }
        return new KnownDevice(id, expiresAt, names);
    }

    private static Bytes next(ByteBuffer input, int length) {
        byte[] bytes = new byte[length];
        input.get(bytes);
        return Bytes.of(bytes);
    }
}
