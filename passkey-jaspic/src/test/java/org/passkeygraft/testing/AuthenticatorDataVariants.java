package org.passkeygraft.testing;

import static org.passkeygraft.testing.Flag.ATTESTED_DATA;
import static org.passkeygraft.testing.Flag.BACKED_UP;
import static org.passkeygraft.testing.Flag.BACKUP_ELIGIBLE;
import static org.passkeygraft.testing.Flag.EXTENSION_DATA;
import static org.passkeygraft.testing.Flag.RESERVED_1;
import static org.passkeygraft.testing.Flag.RESERVED_2;
import static org.passkeygraft.testing.Flag.USER_PRESENT;
import static org.passkeygraft.testing.Flag.USER_VERIFIED;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** WebAuthn Level 3, section 6.1; section 7.1 steps 14 to 19 and section 7.2 steps 15 to 21. */
final class AuthenticatorDataVariants {
    private static final int LONGEST = 4 * 1024;

    private AuthenticatorDataVariants() {}

    static void addTo(Catalogue catalogue) {
        addRpIdHashes(catalogue);
        addFlags(catalogue);
        addCounters(catalogue);
        addHarmlessExtensions(catalogue);
        addBrokenExtensions(catalogue);
        addLengths(catalogue);
        if (!catalogue.ofRegistrations()) {
            addAttestedData(catalogue);
            addSwaps(catalogue);
        }
    }

    private static void addRpIdHashes(Catalogue catalogue) {
        Map<String, UnaryOperator<String>> rpIds = new LinkedHashMap<>();
        rpIds.put("another site", rpId -> "evil.example");
        rpIds.put("a subdomain", rpId -> "www." + rpId);
        rpIds.put(
                "the domain above",
                rpId -> rpId.substring(rpId.indexOf('.') + 1) + (rpId.contains(".") ? "" : ".example"));
        rpIds.put("its name in capitals", rpId -> rpId.toUpperCase(Locale.ROOT));
        rpIds.put("its name with a dot", rpId -> rpId + ".");
        rpIds.put("its origin", rpId -> "https://" + rpId);
        rpIds.put("nothing", rpId -> "");
        rpIds.forEach((what, change) -> catalogue.refused(
                "authenticator data: RP ID hash of " + what,
                lies -> lies.with(
                        Stage.PARTS, draft -> draft.rpIdHash = Octets.sha256(Draft.utf8(change.apply(draft.rpId))))));
        catalogue.refused("authenticator data: RP ID hash of zeros", lies -> lies.withRpIdHash(Bytes.of(new byte[32])));
        List.of(0, 7, 128, 255)
                .forEach(bit -> catalogue.refused(
                        "authenticator data: bit " + bit + " of the RP ID hash",
                        lies -> lies.with(
                                Stage.PARTS,
                                draft -> draft.rpIdHash = Octets.flip(Bytes.of(draft.rpIdHash), bit)
                                        .toArray())));
    }

    private static void addFlags(Catalogue catalogue) {
        catalogue.refused("authenticator data: UP 0", lies -> lies.withFlag(USER_PRESENT, false));
        catalogue.refused("authenticator data: UV 0", lies -> lies.withFlag(USER_VERIFIED, false));
        catalogue.refused(
                "authenticator data: UP 0, UV 0",
                lies -> lies.withFlag(USER_PRESENT, false).withFlag(USER_VERIFIED, false));
        catalogue.accepted("authenticator data: reserved bit 1", lies -> lies.withFlag(RESERVED_1, true));
        catalogue.accepted("authenticator data: reserved bit 5", lies -> lies.withFlag(RESERVED_2, true));
        catalogue.accepted(
                "authenticator data: both reserved bits",
                lies -> lies.withFlag(RESERVED_1, true).withFlag(RESERVED_2, true));
        catalogue.refused("authenticator data: BE 0, BS 1", lies -> lies.withFlag(BACKUP_ELIGIBLE, false));
        catalogue.accepted("authenticator data: BE 1, BS 0", lies -> lies.withFlag(BACKED_UP, false));
        UnaryOperator<Lies> bound =
                lies -> lies.withFlag(BACKUP_ELIGIBLE, false).withFlag(BACKED_UP, false);
        if (catalogue.ofRegistrations()) {
            catalogue.accepted("authenticator data: BE 0, BS 0", bound);
        } else {
            catalogue.refused("authenticator data: BE no longer 1", bound);
        }
        catalogue.malformed("authenticator data: ED 1 without extensions", lies -> lies.withFlag(EXTENSION_DATA, true));
        catalogue.malformed(
                "authenticator data: ED 0 with extensions",
                lies -> lies.withExtensionData(Octets.of(0xa0)).withFlag(EXTENSION_DATA, false));
        catalogue.malformed("authenticator data: no flag", lies -> lies.with(Stage.PARTS, draft -> draft.flags = 0));
        catalogue.malformed(
                "authenticator data: all flags", lies -> lies.with(Stage.PARTS, draft -> draft.flags = 0xff));
    }

    private static void addCounters(Catalogue catalogue) {
        List.of(1L, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL)
                .forEach(counter -> catalogue.accepted(
                        "authenticator data: counter " + counter, lies -> lies.withCounter(counter)));
    }

    private static void addHarmlessExtensions(Catalogue catalogue) {
        Map<String, Members> extensions = new LinkedHashMap<>();
        extensions.put("none in an empty map", new Members());
        extensions.put("unknown with a boolean", new Members().put("example.extension", true));
        extensions.put("unknown with a text", new Members().put("example.extension", "text"));
        extensions.put(
                "unknown with a map",
                new Members()
                        .put(
                                "example.extension",
                                new Members().put("a", List.of(1, -1)).put(1L, new byte[300])));
        extensions.put("credProtect", new Members().put("credProtect", 2));
        extensions.put("hmac-secret", new Members().put("hmac-secret", true));
        extensions.put("uvm", new Members().put("uvm", List.of(List.of(2, 4, 2))));
        extensions.forEach((what, map) -> catalogue.accepted(
                "authenticator data: extensions: " + what, lies -> lies.withExtensionData(Bytes.of(Cbor.encode(map)))));
        if (!catalogue.ofRegistrations()) {
            catalogue.accepted("authenticator data: 4 KiB", lies -> padded(lies, LONGEST));
            catalogue.invalid("authenticator data: more than 4 KiB", lies -> padded(lies, LONGEST + 1));
        }
    }

    /** Of this length, by an unknown extension. */
    private static Lies padded(Lies lies, int length) {
        int fixedPart = 37;
        int headsOfMapKeyAndValue = 6;
        byte[] filling = new byte[length - fixedPart - headsOfMapKeyAndValue];
        return lies.withExtensionData(Bytes.of(Cbor.encode(new Members().put("x", filling))));
    }

    private static void addBrokenExtensions(Catalogue catalogue) {
        Map<String, Bytes> extensions = new LinkedHashMap<>();
        extensions.put("an array", Octets.of(0x80));
        extensions.put("a text", Octets.of(0x61, 'x'));
        extensions.put("a byte string", Octets.of(0x41, 0xa0));
        extensions.put("a number", Octets.of(0x01));
        extensions.put("true", Octets.of(0xf5));
        extensions.put("null", Octets.of(0xf6));
        extensions.put("a break", Octets.of(0xff));
        extensions.put("a reserved length", Octets.of(0xbc));
        extensions.put("a map with a tail", Octets.of(0xa0, 0x00));
        extensions.put("two maps", Octets.of(0xa0, 0xa0));
        extensions.put("a map that ends early", Octets.of(0xa1, 0x61, 'x'));
        extensions.put("a map with a key twice", Octets.of(0xa2, 0x61, 'x', 0xf5, 0x61, 'x', 0xf5));
        extensions.put("a map of a huge size", Octets.of(0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        extensions.put("a map of 4 billion members", Octets.of(0xba, 0xff, 0xff, 0xff, 0xff, 0x61, 'x', 0xf5));
        extensions.put("a text of 2 billion bytes", Octets.of(0xa1, 0x7a, 0x7f, 0xff, 0xff, 0xff, 'x'));
        extensions.put("a key that is not UTF-8", Octets.of(0xa1, 0x61, 0xff, 0xf5));
        extensions.put("a map 1,000 levels deep", deepMap());
        extensions.forEach((what, cbor) -> catalogue.malformed(
                "authenticator data: extensions are " + what, lies -> lies.withExtensionData(cbor)));
    }

    private static Bytes deepMap() {
        byte[] level = {(byte) 0xa1, 0x61, 'x'};
        byte[][] levels = new byte[1000][];
        Arrays.fill(levels, level);
        return Octets.append(Bytes.of(Octets.join(levels)), 0xf5);
    }

    private static void addLengths(Catalogue catalogue) {
        List.of(1, 31, 32, 33, 36)
                .forEach(length -> catalogue.malformed(
                        "authenticator data: only " + length + " bytes",
                        lies -> lies.withAuthenticatorData(data -> Octets.first(data, length))));
        catalogue.malformed(
                "authenticator data: a byte short",
                lies -> lies.withAuthenticatorData(data -> Octets.first(data, data.length() - 1)));
        List.of(0x00, 0xa0, 0xf6, 0xff)
                .forEach(octet -> catalogue.malformed(
                        String.format("authenticator data: a tail of %02x", octet),
                        lies -> lies.withAuthenticatorData(data -> Octets.append(data, octet))));
        catalogue.malformed(
                "authenticator data: twice",
                lies -> lies.withAuthenticatorData(data -> Bytes.of(Octets.join(data.toArray(), data.toArray()))));
        catalogue.malformed(
                "authenticator data: a tail of 1,000 bytes",
                lies -> lies.withAuthenticatorData(data -> Bytes.of(Octets.join(data.toArray(), new byte[1000]))));
    }

    private static void addAttestedData(Catalogue catalogue) {
        catalogue.malformed("authenticator data: attested data", Lies::withAttestedData);
        catalogue.malformed(
                "authenticator data: attested data, AT 0",
                lies -> lies.withAttestedData().withFlag(ATTESTED_DATA, false));
        catalogue.malformed("authenticator data: AT 1 without it", lies -> lies.withFlag(ATTESTED_DATA, true));
        catalogue.malformed(
                "authenticator data: attested data and extensions",
                lies -> lies.withAttestedData().withExtensionData(Octets.of(0xa0)));
    }

    /** What was signed is not what is sent (T-26). */
    private static void addSwaps(Catalogue catalogue) {
        catalogue.refused("authenticator data: after signing, counter raised", lies -> swapped(lies, 36, 1));
        catalogue.refused("authenticator data: after signing, BS cleared", lies -> swapped(lies, 32, BACKED_UP.mask()));
        catalogue.refused(
                "authenticator data: after signing, reserved bit set", lies -> swapped(lies, 32, RESERVED_1.mask()));
        catalogue.refused(
                "authenticator data: after signing, UV set",
                lies -> swapped(lies.withFlag(USER_VERIFIED, false), 32, USER_VERIFIED.mask()));
        catalogue.refused(
                "authenticator data: after signing, UP set",
                lies -> swapped(lies.withFlag(USER_PRESENT, false), 32, USER_PRESENT.mask()));
        catalogue.refused(
                "authenticator data: after signing, RP ID hash put right",
                lies -> lies.withRpId("evil.example").with(Stage.SIGNATURE, draft -> {
                    byte[] right = Octets.sha256(Draft.utf8(draft.rpId));
                    System.arraycopy(right, 0, draft.authenticatorData, 0, right.length);
                }));
        catalogue.refused(
                "authenticator data: after signing, extensions added",
                lies -> swapped(lies, 32, EXTENSION_DATA.mask())
                        .swappingAuthenticatorData(data -> Octets.append(data, 0xa0)));
    }

    private static Lies swapped(Lies lies, int index, int mask) {
        return lies.with(Stage.SIGNATURE, draft -> draft.authenticatorData[index] ^= (byte) mask);
    }
}
