package org.passkeygraft.ceremony;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.store.SpentCeremony;

/**
 * What the server must know again when the answer comes. What is typed is bounded, so that it always fits a token of
 * 1 KiB.
 *
 * @param issuedAt in whole milliseconds
 * @param expiresAt in whole milliseconds; from then on the answer is too late
 * @param account the name typed for a logon, at most 255 characters, empty if none; else the account's key. A key of
 *     more than 255 bytes becomes its digest: compare with {@link #isOf}, not with {@code equals}
 * @param userHandle of a confirmation or binding, base64url; empty for a logon
 * @param use what the policy follows: {@link PasskeyUse#LOGON} requires user verification,
 *     {@link PasskeyUse#SECOND_FACTOR} does not
 * @param passkeyName of a binding, else empty
 * @param grant the id of the half logon that it belongs to, 43 characters of base64url; empty where it belongs to none
 */
public record PendingCeremony(
        CeremonyKind kind,
        Challenge challenge,
        Instant issuedAt,
        Instant expiresAt,
        String account,
        String userHandle,
        PasskeyUse use,
        String passkeyName,
        String grant) {
    /** Characters of a typed account name. A longer one is nobody's: refuse it before a ceremony is begun. */
    public static final int LONGEST_ACCOUNT = 255;

    private static final int LONGEST_KEY_BYTES = 255;
    private static final int LONGEST_USER_HANDLE = 64;
    private static final int LONGEST_NAME_BYTES = 256;
    private static final int GRANT_BYTES = 32;

    public PendingCeremony {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        if (kind != CeremonyKind.LOGON) {
            account = carried(account);
        }
        if (account.length() > LONGEST_ACCOUNT
                || Bytes.require(userHandle).length() > LONGEST_USER_HANDLE
                || Bytes.require(grant).length() > GRANT_BYTES
                || utf8(passkeyName).length > LONGEST_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "an account, user handle, passkey name or grant is too long to be carried");
        }
        if (kind == CeremonyKind.LOGON && !(userHandle.isEmpty() && passkeyName.isEmpty())) {
            throw new IllegalArgumentException("a logon knows neither user handle nor passkey name");
        }
        if (kind == CeremonyKind.SECOND_FACTOR && grant.isEmpty()) {
            throw new IllegalArgumentException("a second factor belongs to a first one");
        }
        if (kind != CeremonyKind.LOGON && userHandle.isEmpty()) {
            throw new IllegalArgumentException("a " + kind.label() + " needs a user handle");
        }
    }

    /** One that belongs to no half logon. */
    public PendingCeremony(
            CeremonyKind kind,
            Challenge challenge,
            Instant issuedAt,
            Instant expiresAt,
            String account,
            String userHandle,
            PasskeyUse use,
            String passkeyName) {
        this(kind, challenge, issuedAt, expiresAt, account, userHandle, use, passkeyName, "");
    }

    /** Whether it was begun by this account, and not for a logon with nobody known. */
    public boolean isOf(Account caller) {
        return kind != CeremonyKind.LOGON && account.equals(carried(caller.key()));
    }

    /** What remains of it in the database once it has been answered. */
    public SpentCeremony spent() {
        return new SpentCeremony(challenge.id(), expiresAt);
    }

    /** Whether the browser acts by itself (conditional create): then neither UP nor UV need be set (section 5.1.3). */
    boolean isUnattended() {
        return kind == CeremonyKind.UPGRADE;
    }

    /** A logon always does, whatever its token says (T-120): also with a passkey that was made unattended. */
    boolean requiresUserVerification() {
        return kind == CeremonyKind.LOGON || (use == PasskeyUse.LOGON && !isUnattended());
    }

    @Override
    public String toString() {
        return "PendingCeremony[" + kind.label() + ", " + issuedAt + " to " + expiresAt + "]";
    }

    private static String carried(String accountKey) {
        byte[] key = utf8(accountKey);
        return key.length <= LONGEST_KEY_BYTES
                ? accountKey
                : "sha256:" + Bytes.of(key).sha256();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
