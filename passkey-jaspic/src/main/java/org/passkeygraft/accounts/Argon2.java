package org.passkeygraft.accounts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.passkeygraft.Bytes;

/**
 * Argon2 (RFC 9106) in the form of its reference implementation, which later became the PHC string format.
 *
 * @param memory in KiB
 * @param length of the digest, in bytes
 */
record Argon2(int type, int version, int memory, int passes, int lanes, Bytes salt, int length) implements Derivation {
    private static final Pattern FORM = Pattern.compile("\\$argon2(id|i|d)\\$(?:v=(16|19)\\$)?"
            + "m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");
    private static final Map<String, Integer> TYPES =
            Map.of("d", Argon2Parameters.ARGON2_d, "i", Argon2Parameters.ARGON2_i, "id", Argon2Parameters.ARGON2_id);
    private static final int MOST_MEMORY = 256 * 1024;
    private static final int MOST_LANES = 16;
    private static final long MOST_WORK = 4L * MOST_MEMORY;

    static Optional<StoredHash> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Bytes> salt = Encodings.base64(matcher.group(6));
        Optional<Bytes> digest = Encodings.base64(matcher.group(7));
        if (salt.isEmpty() || digest.isEmpty()) {
            return Optional.empty();
        }
        Argon2 argon2 = new Argon2(
                TYPES.getOrDefault(matcher.group(1), Argon2Parameters.ARGON2_id),
                "19".equals(matcher.group(2)) ? Argon2Parameters.ARGON2_VERSION_13 : Argon2Parameters.ARGON2_VERSION_10,
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5)),
                salt.get(),
                digest.get().length());
        return argon2.isBearable() ? Optional.of(new StoredHash(argon2, digest.get())) : Optional.empty();
    }

    private boolean isBearable() {
        return lanes >= 1
                && lanes <= MOST_LANES
                && passes >= 1
                && memory >= 8 * lanes
                && memory <= MOST_MEMORY
                && (long) memory * passes <= MOST_WORK;
    }

    @Override
    public byte[] derive(char[] password) {
        byte[] text = Derivation.utf8(password);
        byte[] digest = new byte[length];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(type)
                .withVersion(version)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt.toArray())
                .build());
        try {
            generator.generateBytes(text, digest);
            return digest;
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    @Override
    public Derivation unsalted() {
        return new Argon2(type, version, memory, passes, lanes, Encodings.zeros(salt.length()), length);
    }
}
