package org.passkeygraft.ceremony;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.store.SpentCeremony;

/**
 * What a logon by passkey leaves to the container, which can take nothing but a name and a password: who it was, for how
 * long, and a number that is good once.
 *
 * @param id 32 random bytes
 * @param issuedAt in whole milliseconds
 * @param expiresAt in whole milliseconds; from then on the ticket is too late
 * @param epoch the account's generation of sessions at the logon
 */
public record LogonTicket(Bytes id, Instant issuedAt, Instant expiresAt, Account account, long epoch) {
    private static final int ID_LENGTH = 32;

    public LogonTicket {
        if (id.length() != ID_LENGTH) {
            throw new IllegalArgumentException("a ticket's id has " + ID_LENGTH + " bytes");
        }
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new one, with an id that nobody can guess. */
    public static LogonTicket issue(
            SecureRandom random, Instant issuedAt, Instant expiresAt, Account account, long epoch) {
        byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        return new LogonTicket(Bytes.of(id), issuedAt, expiresAt, account, epoch);
    }

    /** What remains of it in the database once somebody came with it. */
    public SpentCeremony spent() {
        return new SpentCeremony(id.sha256().base64url(), expiresAt);
    }

    /** Never the id: who reads a log may not log on. */
    @Override
    public String toString() {
        return "LogonTicket[" + account.name() + ", " + issuedAt + " to " + expiresAt + "]";
    }

    byte[] encode() {
        ByteArrayOutputStream content = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.write(id.toArray());
            out.writeLong(issuedAt.toEpochMilli());
            out.writeLong(expiresAt.toEpochMilli());
            out.writeLong(epoch);
            PendingCeremonyCodec.writeText(out, account.name());
            PendingCeremonyCodec.writeText(out, account.key());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return content.toByteArray();
    }

    /** Reads what we sealed ourselves; anything else is a defect, not input. */
    static LogonTicket decode(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            Bytes id = Bytes.of(in.readNBytes(ID_LENGTH));
            Instant issuedAt = Instant.ofEpochMilli(in.readLong());
            Instant expiresAt = Instant.ofEpochMilli(in.readLong());
            long epoch = in.readLong();
            String name = PendingCeremonyCodec.readText(in);
            return new LogonTicket(
                    id, issuedAt, expiresAt, new Account(name, PendingCeremonyCodec.readText(in)), epoch);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what we sealed ourselves is too short", impossible);
        }
    }
}
