package org.passkeygraft.testing;

import static org.passkeygraft.testing.Flag.ATTESTED_DATA;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** Attested credential data without the key (WebAuthn Level 3, section 6.5.1; section 7.1 step 25). */
final class AttestedDataVariants {
    private AttestedDataVariants() {}

    static void addTo(Catalogue catalogue) {
        addIds(catalogue);
        addDeclaredLengths(catalogue);
        addPresence(catalogue);
        List.of(0x01, 0xff)
                .forEach(octet -> catalogue.accepted(
                        String.format("attested data: AAGUID of %02x", octet),
                        lies -> lies.with(Stage.PARTS, draft -> Arrays.fill(draft.aaguid, octet.byteValue()))));
    }

    private static void addIds(Catalogue catalogue) {
        List.of(16, 64, 255, 256, 1023)
                .forEach(length -> catalogue.accepted(
                        "attested data: credential id of " + length + " bytes",
                        lies -> lies.withCredentialId(Octets.random(length))));
        List.of(1024, 1025, 4096)
                .forEach(length -> catalogue.malformed(
                        "attested data: credential id of " + length + " bytes",
                        lies -> lies.withCredentialId(Octets.random(length))));
        catalogue.malformed("attested data: empty credential id", lies -> lies.withCredentialId(Bytes.of(new byte[0])));
        Map<String, UnaryOperator<Bytes>> unlike = new LinkedHashMap<>();
        unlike.put("another", id -> Octets.random(id.length()));
        unlike.put("its first half", id -> Octets.first(id, id.length() / 2));
        unlike.put("a zero byte more", id -> Octets.append(id, 0));
        unlike.put("another last bit", id -> Octets.flip(id, 0));
        unlike.put("another first bit", id -> Octets.flip(id, id.length() * 8 - 1));
        unlike.put("1023 bytes", id -> Octets.random(1023));
        unlike.put("1024 bytes", id -> Octets.random(1024));
        unlike.put("nothing", id -> Bytes.of(new byte[0]));
        unlike.forEach((what, change) -> catalogue.malformed(
                "attested data: credential id is " + what + ", unlike the JSON's",
                lies -> lies.with(Stage.PARTS, draft -> {
                    draft.attestedId = change.apply(Bytes.of(draft.attestedId)).toArray();
                    draft.attestedIdLength = draft.attestedId.length;
                })));
    }

    private static void addDeclaredLengths(Catalogue catalogue) {
        List.of(0, 1, 31, 33, 109, 1023, 1024, 0x7fff, 0x8000, 0xffff)
                .forEach(length -> catalogue.malformed(
                        "attested data: credential id of 32 bytes said to have " + length,
                        lies -> lies.with(Stage.PARTS, draft -> draft.attestedIdLength = length)));
    }

    private static void addPresence(Catalogue catalogue) {
        catalogue.malformed("attested data: AT 0", lies -> lies.withFlag(ATTESTED_DATA, false));
        catalogue.malformed(
                "attested data: missing", lies -> lies.with(Stage.PARTS, draft -> draft.attestedData = false));
        catalogue.malformed(
                "attested data: missing, AT 0",
                lies -> lies.withFlag(ATTESTED_DATA, false).with(Stage.PARTS, draft -> draft.attestedData = false));
        List.of(0, 15, 16, 17, 18, 30, 50)
                .forEach(length -> catalogue.malformed(
                        "attested data: only " + length + " bytes",
                        lies -> lies.withAuthenticatorData(data -> Octets.first(data, 37 + length))));
        catalogue.malformed(
                "attested data: twice",
                lies -> lies.withAuthenticatorData(data ->
                        Bytes.of(Octets.join(data.toArray(), Octets.slice(data.toArray(), 37, data.length() - 37)))));
    }
}
