package org.passkeygraft.ceremony;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
import org.passkeygraft.Rejection;

/**
 * Guard G6: attested credential data (WebAuthn Level 3, section 6.5.1).
 *
 * @param aaguid as a UUID
 * @param coseKey as the authenticator gave it
 * @param length of the whole, in bytes
 */
record AttestedCredential(String aaguid, CredentialId id, CoseKey key, Bytes coseKey, int length) {
    private static final int FIXED_LENGTH = 18;
    private static final int LONGEST_ID = 1023;

    /** Reads it from the beginning of what follows the fixed part of authenticator data. */
    static AttestedCredential parse(Bytes bytes) throws Refusal {
        Refusal.unless(bytes.length() >= FIXED_LENGTH, Rejection.MALFORMED);
        ByteBuffer input = ByteBuffer.wrap(bytes.toArray());
        String aaguid = new UUID(input.getLong(), input.getLong()).toString();
        int idLength = input.getShort() & 0xffff;
        Refusal.unless(idLength >= 1 && idLength <= LONGEST_ID, Rejection.MALFORMED);
        Refusal.unless(idLength <= input.remaining(), Rejection.MALFORMED);
        CredentialId id = new CredentialId(take(input, idLength));
        Cbor cbor = new Cbor(take(input.slice(), input.remaining()));
        CoseKey key = new CoseKey(cbor.map(Long.class));
        Bytes coseKey = take(input, cbor.position());
        return new AttestedCredential(aaguid, id, key, coseKey, input.position());
    }

    private static Bytes take(ByteBuffer input, int length) {
        byte[] bytes = new byte[length];
        input.get(bytes);
        return Bytes.of(bytes);
    }
}
