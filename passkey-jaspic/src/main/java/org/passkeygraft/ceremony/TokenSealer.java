package org.passkeygraft.ceremony;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.passkeygraft.Bytes;
import org.passkeygraft.store.SealingKey;

/**
 * Seals a few bytes into text that only this application can read again, for one purpose.
 *
 * <p>AES-GCM with a key for each token: HMAC-SHA-256(master key, label ‖ 128-bit random salt). As no key is used twice,
 * the nonce is constant. Additional data: version, application id, RP ID, purpose and key id, each with its length.
 * Spelling of a token: version (1 character), key id (8), base64url of salt, ciphertext and authentication tag.
 */
final class TokenSealer {
    private static final String VERSION = "1";
    private static final byte[] LABEL = "passkey-graft sealed token".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_ID_LENGTH = 8;
    private static final int SALT_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<List<SealingKey>> keys;
    private final String applicationId;
    private final String rpId;
    private final InstantSource clock;
    private final SecureRandom random;

    TokenSealer(
            Supplier<List<SealingKey>> keys,
            String applicationId,
            String rpId,
            InstantSource clock,
            SecureRandom random) {
        this.keys = keys;
        this.applicationId = applicationId;
        this.rpId = rpId;
        this.clock = clock;
        this.random = random;
    }

    String seal(String purpose, byte[] content) {
        SealingKey key = newest(clock.instant());
        byte[] token = new byte[SALT_LENGTH + content.length + TAG_BITS / 8];
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        System.arraycopy(salt, 0, token, 0, SALT_LENGTH);
        try {
            cipher(Cipher.ENCRYPT_MODE, key, salt, purpose).doFinal(content, 0, content.length, token, SALT_LENGTH);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM or HMAC-SHA-256 does not work on this Java platform", broken);
        }
        return VERSION + key.id() + Bytes.of(token).base64url();
    }

    /** Empty unless it was sealed here, for this purpose, with a key that still opens. */
    Optional<byte[]> open(String purpose, String token) {
        int prefix = VERSION.length() + KEY_ID_LENGTH;
        if (token.length() <= prefix || !token.startsWith(VERSION)) {
            return Optional.empty();
        }
        Optional<SealingKey> key = named(token.substring(VERSION.length(), prefix), clock.instant());
        Optional<byte[]> sealed = Bytes.parse(token.substring(prefix))
                .map(Bytes::toArray)
                .filter(bytes -> bytes.length >= SALT_LENGTH + TAG_BITS / 8);
        return key.flatMap(sealing -> sealed.flatMap(bytes -> open(purpose, sealing, bytes)));
    }

    private Optional<byte[]> open(String purpose, SealingKey key, byte[] sealed) {
        byte[] salt = Arrays.copyOf(sealed, SALT_LENGTH);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, salt, purpose)
                    .doFinal(sealed, SALT_LENGTH, sealed.length - SALT_LENGTH));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, SealingKey key, byte[] salt, String purpose) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.key().toArray(), "HmacSHA256"));
        mac.update(LABEL);
        byte[] tokenKey = mac.doFinal(salt);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(tokenKey, "AES"), new GCMParameterSpec(TAG_BITS, new byte[NONCE_LENGTH]));
        cipher.updateAAD(additionalData(key, purpose));
        return cipher;
    }

    private byte[] additionalData(SealingKey key, String purpose) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : List.of(VERSION, applicationId, rpId, purpose, key.id())) {
                out.writeUTF(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private SealingKey newest(Instant now) {
        List<SealingKey> usable =
                keys.get().stream().filter(key -> now.isBefore(key.openUntil())).toList();
        return usable.stream()
                .filter(key -> !now.isBefore(key.sealFrom()))
                .max(Comparator.comparing(SealingKey::sealFrom))
                // A node whose clock is behind the one that made the first key seals with it all the same.
                .or(() -> usable.stream().min(Comparator.comparing(SealingKey::sealFrom)))
                .orElseThrow(() -> new IllegalStateException("no sealing key may be used now"));
    }

    private Optional<SealingKey> named(String id, Instant now) {
        return keys.get().stream()
                .filter(key -> key.id().equals(id) && now.isBefore(key.openUntil()))
                .findFirst();
    }
}
