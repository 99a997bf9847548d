package org.passkeygraft.ceremony;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.store.SealingKey;

/**
 * Seals pending ceremonies, pending logons, return targets and known devices into tokens that the browser keeps, and opens them again. Such
 * a token can only refuse: it proves that we began a ceremony, never who somebody is, so that whoever reads the keys in the
 * database cannot log on with them (T-120). For any thread.
 */
public final class Ceremonies {
    /** UTF-8 bytes of a return target that can be kept; a URL must hold its token. */
    public static final int LONGEST_TARGET = 2048;

    private static final int LONGEST_CEREMONY_TOKEN = 1024;
    private static final int LONGEST_TARGET_TOKEN = 3072;
    private static final Duration TOLERATED_CLOCK_SKEW = Duration.ofSeconds(60);
    private static final String TARGET = "target";
    private static final int LONGEST_DEVICE_TOKEN = 512;
    private static final String DEVICE = "device";
    private static final int LONGEST_PASS_TOKEN = 256;
    private static final String PASS = "pass";

    private final TokenSealer sealer;
    private final InstantSource clock;

    /**
     * @param keys copies of the rows in the database, never empty; asked at every call, so it must cost nothing
     * @param applicationId tells this application's tokens from those of others on the same host
     */
    public Ceremonies(
            Supplier<List<SealingKey>> keys,
            String applicationId,
            String rpId,
            InstantSource clock,
            SecureRandom random) {
        this.sealer = new TokenSealer(keys, applicationId, rpId, clock, random);
        this.clock = clock;
    }

    /** Cookie-safe text of at most 1 KiB. */
    public String seal(PendingCeremony pending) {
        return sealer.seal(pending.kind().label(), PendingCeremonyCodec.encode(pending));
    }

    /**
     * Opens a token of exactly this kind. Empty if it is of another kind, application, relying party or key, changed,
     * expired, or issued more than 60 seconds ahead of our clock.
     */
    public Optional<PendingCeremony> open(CeremonyKind kind, String token) {
        if (token.length() > LONGEST_CEREMONY_TOKEN) {
            return Optional.empty();
        }
        return sealer.open(kind.label(), token)
                .map(content -> PendingCeremonyCodec.decode(kind, content))
                .filter(pending -> isCurrent(pending.issuedAt(), pending.expiresAt()));
    }

    /** The pending ceremony of this kind that an answer ends, among those the browser sent along: the one of its challenge. */
    public Optional<PendingCeremony> open(CeremonyKind kind, CeremonyAnswer answer, Challenge answered) {
        return Optional.ofNullable(answer.tokens().get(answered.tag()))
                .flatMap(token -> open(kind, token))
                .filter(pending -> pending.challenge().equals(answered));
    }

    /**
     * Seals the path that somebody was on the way to when a logon was asked for.
     *
     * @throws IllegalArgumentException if the path is longer than {@link #LONGEST_TARGET} bytes of UTF-8
     */
    public String sealTarget(String path, Instant expiresAt) {
        return sealText(TARGET, path, expiresAt);
    }

    /**
     * Seals a text for one purpose.
     *
     * @param purpose opens it again, and no other
     * @throws IllegalArgumentException if the text is longer than {@link #LONGEST_TARGET} bytes of UTF-8
     */
    public String sealText(String purpose, String text, Instant expiresAt) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_TARGET) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes cannot be kept");
        }
        return seal(purpose, bytes, expiresAt);
    }

    private String seal(String purpose, byte[] bytes, Instant expiresAt) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(bytes.length + 2 * Long.BYTES);
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeLong(clock.millis());
            out.writeLong(expiresAt.toEpochMilli());
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return sealer.seal(purpose, content.toByteArray());
    }

    /** The path as it was sealed; empty for any token that {@link #open} would refuse for like reasons. */
    public Optional<String> openTarget(String token) {
        return openText(TARGET, token);
    }

    /** The text as it was sealed for this purpose; empty for any token that {@link #open} would refuse for like reasons. */
    public Optional<String> openText(String purpose, String token) {
        if (token.length() > LONGEST_TARGET_TOKEN) {
            return Optional.empty();
        }
        return sealer.open(purpose, token).flatMap(this::currentText);
    }

    /**
     * Seals the secret of a pending logon, so that a forged or expired one is refused before any statement (T-36).
     *
     * @param pass at most 100 characters of ASCII
     * @return cookie-safe text of about 140 characters
     */
    public String sealPass(String pass, Instant expiresAt) {
        return seal(PASS, pass.getBytes(StandardCharsets.US_ASCII), expiresAt);
    }

    /** Returns the secret as it was sealed; empty for any token that {@link #open} would refuse for like reasons. */
    public Optional<String> openPass(String token) {
        return token.length() > LONGEST_PASS_TOKEN
                ? Optional.empty()
                : sealer.open(PASS, token).flatMap(this::currentText);
    }

    private Optional<String> currentText(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            Instant issuedAt = Instant.ofEpochMilli(in.readLong());
            Instant expiresAt = Instant.ofEpochMilli(in.readLong());
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return isCurrent(issuedAt, expiresAt) ? Optional.of(text) : Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException("what we sealed ourselves is too short", impossible);
        }
    }

    /** Cookie-safe text of about 250 characters. */
    public String seal(KnownDevice device) {
        return sealer.seal(DEVICE, device.encode());
    }

    /** The browser as it was known; empty for any token that {@link #open} would refuse for like reasons. */
    public Optional<KnownDevice> openDevice(String token) {
        if (token.length() > LONGEST_DEVICE_TOKEN) {
            return Optional.empty();
        }
        return sealer.open(DEVICE, token)
                .map(KnownDevice::decode)
                .filter(device -> clock.instant().isBefore(device.expiresAt()));
    }

    private boolean isCurrent(Instant issuedAt, Instant expiresAt) {
        Instant now = clock.instant();
        return now.isBefore(expiresAt) && !issuedAt.isAfter(now.plus(TOLERATED_CLOCK_SKEW));
    }
}
