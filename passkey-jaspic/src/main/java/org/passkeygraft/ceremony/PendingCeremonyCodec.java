package org.passkeygraft.ceremony;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.PasskeyUse;

/** Packs a pending ceremony tightly: it travels with every request until its answer comes. */
final class PendingCeremonyCodec {
    private static final int CHALLENGE_LENGTH = 32;

    private PendingCeremonyCodec() {}

    static byte[] encode(PendingCeremony pending) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.write(pending.challenge().bytes().toArray());
            out.writeLong(pending.issuedAt().toEpochMilli());
            out.writeLong(pending.expiresAt().toEpochMilli());
            out.writeBoolean(pending.use() == PasskeyUse.LOGON);
            writeText(out, pending.account());
            writeBytes(out, Bytes.require(pending.userHandle()).toArray());
            writeText(out, pending.passkeyName());
            writeBytes(out, Bytes.require(pending.grant()).toArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return content.toByteArray();
    }

    /** Reads what we sealed ourselves; anything else is a defect, not input. */
    static PendingCeremony decode(CeremonyKind kind, byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            Challenge challenge = new Challenge(Bytes.of(in.readNBytes(CHALLENGE_LENGTH)));
            Instant issuedAt = Instant.ofEpochMilli(in.readLong());
            Instant expiresAt = Instant.ofEpochMilli(in.readLong());
            PasskeyUse use = in.readBoolean() ? PasskeyUse.LOGON : PasskeyUse.SECOND_FACTOR;
            String account = readText(in);
            String userHandle = Bytes.of(readBytes(in)).base64url();
            String passkeyName = readText(in);
            String grant = Bytes.of(readBytes(in)).base64url();
            return new PendingCeremony(
                    kind, challenge, issuedAt, expiresAt, account, userHandle, use, passkeyName, grant);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what we sealed ourselves is too short", impossible);
        }
    }

    /** In whichever encoding is shorter: 255 Chinese characters have 765 bytes in UTF-8 and 510 in UTF-16. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] narrow = text.getBytes(StandardCharsets.UTF_8);
        byte[] wide = text.getBytes(StandardCharsets.UTF_16BE);
        boolean isWide = wide.length < narrow.length;
        out.writeBoolean(isWide);
        writeBytes(out, isWide ? wide : narrow);
    }

    private static String readText(DataInputStream in) throws IOException {
        Charset charset = in.readBoolean() ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        return new String(readBytes(in), charset);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readUnsignedShort());
    }
}
