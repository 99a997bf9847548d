package org.passkeygraft.ceremony;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;
import org.passkeygraft.Rejection;

/**
 * Guard G9: authenticator data of exactly the length its flags promise (WebAuthn Level 3, section 6.1).
 *
 * @param bytes as signed
 * @param signCount 0 to 2³² - 1
 * @param attested what is there in a registration and must not be in an assertion
 */
record AuthenticatorData(
        Bytes bytes,
        Bytes rpIdHash,
        int flags,
        long signCount,
        @Nullable AttestedCredential attested) {
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final int ATTESTED = 0x40;
    private static final int EXTENSIONS = 0x80;
    private static final int FIXED_LENGTH = 37;
    private static final int HASH_LENGTH = 32;

    static AuthenticatorData parse(Bytes bytes) throws Refusal {
        Refusal.unless(bytes.length() >= FIXED_LENGTH, Rejection.MALFORMED);
        ByteBuffer input = ByteBuffer.wrap(bytes.toArray());
        byte[] rpIdHash = new byte[HASH_LENGTH];
        input.get(rpIdHash);
        int flags = input.get() & 0xff;
        long signCount = input.getInt() & 0xffffffffL;
        Bytes rest = remaining(input);
        AttestedCredential attested = (flags & ATTESTED) == 0 ? null : AttestedCredential.parse(rest);
        int end = attested == null ? 0 : attested.length();
        checkExtensions(slice(rest, end), (flags & EXTENSIONS) != 0);
        return new AuthenticatorData(bytes, Bytes.of(rpIdHash), flags, signCount, attested);
    }

    /** Sections 7.1 and 7.2: the relying party's hash, then UP, UV where asked for, and no BS without BE. */
    void check(String rpId, boolean userVerificationRequired) throws Refusal {
        checkUnattended(rpId);
        Refusal.unless((flags & USER_PRESENT) != 0, Rejection.USER_NOT_PRESENT);
        Refusal.unless(userVerified() || !userVerificationRequired, Rejection.USER_NOT_VERIFIED);
    }

    /** The same of a registration with conditional mediation, where nobody need be present (section 7.1, step 15). */
    void checkUnattended(String rpId) throws Refusal {
        Bytes expected = Bytes.of(rpId.getBytes(StandardCharsets.UTF_8)).sha256();
        Refusal.unless(rpIdHash.equals(expected), Rejection.WRONG_RELYING_PARTY);
        Refusal.unless(backupEligible() || !backedUp(), Rejection.BACKUP_FLAGS);
    }

    boolean userVerified() {
        return (flags & USER_VERIFIED) != 0;
    }

    boolean backupEligible() {
        return (flags & BACKUP_ELIGIBLE) != 0;
    }

    boolean backedUp() {
        return (flags & BACKED_UP) != 0;
    }

    Optional<AttestedCredential> attestedCredential() {
        return Optional.ofNullable(attested);
    }

    private static void checkExtensions(Bytes extensions, boolean promised) throws Refusal {
        Refusal.unless(promised == (extensions.length() > 0), Rejection.MALFORMED);
        if (promised) {
            Cbor cbor = new Cbor(extensions);
            cbor.map(String.class);
            Refusal.unless(cbor.atEnd(), Rejection.MALFORMED);
        }
    }

    private static Bytes remaining(ByteBuffer input) {
        byte[] rest = new byte[input.remaining()];
        input.get(rest);
        return Bytes.of(rest);
    }

    private static Bytes slice(Bytes bytes, int from) {
        return Bytes.of(Arrays.copyOfRange(bytes.toArray(), from, bytes.length()));
    }
}
