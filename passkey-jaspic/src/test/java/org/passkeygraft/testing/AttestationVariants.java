package org.passkeygraft.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** Attestation object and statement (WebAuthn Level 3, sections 6.5.4 and 8; section 7.1 steps 13 and 21 to 24). */
final class AttestationVariants {
    private AttestationVariants() {}

    static void addTo(Catalogue catalogue) {
        addFormats(catalogue);
        addSelfAttestations(catalogue);
        addMembers(catalogue);
        addObjects(catalogue);
        addWrittenOddly(catalogue);
    }

    private static void addFormats(Catalogue catalogue) {
        List.of("example", "", "None", "NONE", "none ", "none\0", "Packed", "null")
                .forEach(format -> catalogue.refused(
                        "attestation: format '" + format.replace('\0', '0') + "'",
                        lies -> attesting(lies, format, new Members())));
        for (String format : List.of(
                "packed", "android-key", "android-safetynet", "fido-u2f", "tpm", "apple", "compound", "example")) {
            catalogue.refused(
                    "attestation: " + format + " with an empty statement",
                    lies -> attesting(lies, format, new Members()));
            catalogue.refused(
                    "attestation: " + format + " with junk for a certificate",
                    lies -> lies.with(
                            Stage.ATTESTATION,
                            draft -> statement(draft, format, signed(draft).put("x5c", List.of(new byte[] {
                                0x30, 0x03, 1, 2, 3
                            })))));
            catalogue.refused(
                    "attestation: " + format + " without a certificate",
                    lies -> lies.with(
                            Stage.ATTESTATION,
                            draft -> statement(draft, format, signed(draft).put("x5c", List.of()))));
        }
        catalogue.refused(
                "attestation: none with a statement",
                lies -> attesting(lies, "none", new Members().put("example", true)));
        catalogue.refused(
                "attestation: none with a signature",
                lies -> lies.with(Stage.ATTESTATION, draft -> statement(draft, "none", signed(draft))));
        catalogue.refused(
                "attestation: self attestation called fido-u2f",
                lies -> lies.with(
                        Stage.ATTESTATION,
                        draft -> statement(
                                draft,
                                "fido-u2f",
                                new Members().put("x5c", List.of()).put("sig", draft.signature))));
        catalogue.refused(
                "attestation: signature called android-key",
                lies -> lies.with(Stage.ATTESTATION, draft -> statement(draft, "android-key", signed(draft))));
    }

    private static void addSelfAttestations(Catalogue catalogue) {
        catalogue.accepted("attestation: self", Lies::withSelfAttestation);
        List.of(CoseAlgorithm.ES384, CoseAlgorithm.EDDSA, CoseAlgorithm.RS256)
                .forEach(algorithm -> catalogue.accepted(
                        "attestation: self, " + algorithm,
                        lies -> lies.withAlgorithm(algorithm).withSelfAttestation()));
        Map<String, Consumer<Members>> statements = new LinkedHashMap<>();
        statements.put("no alg", statement -> statement.remove("alg"));
        statements.put("no sig", statement -> statement.remove("sig"));
        List.of(-8, -35, -257, -65535, 0)
                .forEach(alg -> statements.put("alg " + alg, statement -> statement.put("alg", alg)));
        for (String name : List.of("alg", "sig")) {
            statements.put(name + " null", statement -> statement.put(name, null));
            statements.put(name + " a text", statement -> statement.put(name, "ES256"));
            statements.put(name + " an array", statement -> statement.put(name, List.of(statement.get(name))));
            statements.put(name + " twice", statement -> statement.repeat(name, statement.get(name)));
        }
        statements.put("an empty x5c", statement -> statement.put("x5c", List.of()));
        statements.put("x5c null", statement -> statement.put("x5c", null));
        statements.put("x5c a byte string", statement -> statement.put("x5c", new byte[] {0x30, 0}));
        statements.put("x5c a map", statement -> statement.put("x5c", new Members()));
        statements.put("x5c of texts", statement -> statement.put("x5c", List.of("certificate")));
        statements.put("x5c of nulls", statement -> statement.put("x5c", Collections.singletonList(null)));
        statements.put("x5c of empty bytes", statement -> statement.put("x5c", List.of(new byte[0])));
        statements.put("an ecdaaKeyId", statement -> statement.put("ecdaaKeyId", new byte[32]));
        statements.forEach((what, change) -> catalogue.malformed(
                "attestation: self, " + what,
                lies -> lies.withSelfAttestation()
                        .with(Stage.ATTESTATION, draft -> change.accept((Members) draft.attestation.get("attStmt")))));
        catalogue.refused(
                "attestation: self, after signing, client data spaced",
                lies -> lies.withSelfAttestation().swappingClientDataJson(json -> Octets.append(json, ' ')));
        catalogue.refused(
                "attestation: self, after signing, counter raised",
                lies -> lies.withSelfAttestation().with(Stage.SIGNATURE, draft -> draft.authenticatorData[36]++));
    }

    private static void addMembers(Catalogue catalogue) {
        for (String name : List.of("fmt", "attStmt", "authData")) {
            changing(catalogue, "no " + name, object -> object.remove(name));
            changing(catalogue, name + " null", object -> object.put(name, null));
            changing(catalogue, name + " a number", object -> object.put(name, 1));
            changing(catalogue, name + " true", object -> object.put(name, true));
            changing(catalogue, name + " an array", object -> object.put(name, List.of(object.get(name))));
            changing(catalogue, name + " twice", object -> object.repeat(name, object.get(name)));
            changing(catalogue, name + " twice, once null", object -> object.repeat(name, null));
        }
        changing(catalogue, "fmt as bytes", object -> object.put("fmt", Draft.utf8("none")));
        changing(catalogue, "attStmt a text", object -> object.put("attStmt", "none"));
        changing(catalogue, "attStmt as bytes", object -> object.put("attStmt", new byte[] {(byte) 0xa0}));
        changing(catalogue, "authData empty", object -> object.put("authData", new byte[0]));
        changing(
                catalogue,
                "authData as a text",
                object -> object.put("authData", Draft.base64url((byte[]) object.get("authData"))));
        changing(
                catalogue,
                "authData a map",
                object -> object.put("authData", new Members().put("rpIdHash", new byte[32])));
        changing(catalogue, "numbers for names", AttestationVariants::number);
        changing(
                catalogue,
                "another authData first",
                object -> object.repeat("authData", object.get("authData")).put("authData", new byte[37]));
    }

    /** As authenticators talk to browsers (CTAP 2.1, section 6.1.2). */
    private static void number(Members object) {
        object.put(1L, object.get("fmt")).put(2L, object.get("authData")).put(3L, object.get("attStmt"));
        object.remove("fmt").remove("authData").remove("attStmt");
    }

    private static void addObjects(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> objects = new LinkedHashMap<>();
        objects.put("a tail of 00", cbor -> Octets.append(cbor, 0));
        objects.put("a tail of f6", cbor -> Octets.append(cbor, 0xf6));
        objects.put("a tail of ff", cbor -> Octets.append(cbor, 0xff));
        objects.put("twice", cbor -> Bytes.of(Octets.join(cbor.toArray(), cbor.toArray())));
        objects.put("before an empty map", cbor -> Octets.append(cbor, 0xa0));
        objects.put("a byte short", cbor -> Octets.first(cbor, cbor.length() - 1));
        objects.put("half", cbor -> Octets.first(cbor, cbor.length() / 2));
        objects.put("only its head", cbor -> Octets.first(cbor, 1));
        objects.put("an empty map", cbor -> Octets.of(0xa0));
        objects.put("an array", cbor -> Octets.of(0x80));
        objects.put("null", cbor -> Octets.of(0xf6));
        objects.put("undefined", cbor -> Octets.of(0xf7));
        objects.put("a break", cbor -> Octets.of(0xff));
        objects.put("a number", cbor -> Octets.of(0));
        objects.put("JSON", cbor -> Bytes.of(Draft.utf8("{\"fmt\":\"none\",\"attStmt\":{}}")));
        objects.put("inside a byte string", cbor -> Bytes.of(Cbor.encode(cbor)));
        objects.put("inside an array", cbor -> Bytes.of(Cbor.encode(List.of(new Cbor.Raw(cbor)))));
        objects.put("tagged", cbor -> Bytes.of(Octets.join(Octets.hex("d9d9f7").toArray(), cbor.toArray())));
        objects.put("10,000 arrays deep", cbor -> Octets.hex("81".repeat(10_000) + "00"));
        objects.put("10,000 arrays deep without an end", cbor -> Octets.hex("81".repeat(10_000)));
        objects.put("5,000 maps deep", cbor -> Octets.hex("a100".repeat(5000) + "00"));
        objects.put("10,000 tags deep", cbor -> Octets.hex("c1".repeat(10_000) + "00"));
        objects.put("10,000 indefinite arrays deep", cbor -> Octets.hex("9f".repeat(10_000)));
        objects.put("a huge map", cbor -> Octets.hex("bb7fffffffffffffff"));
        objects.put("a map of a negative size", cbor -> Octets.hex("bbffffffffffffffff"));
        objects.put("a map of 4 billion", cbor -> Octets.hex("baffffffff"));
        objects.put("a huge array", cbor -> Octets.hex("9b7fffffffffffffff"));
        objects.put("an array of 2 billion", cbor -> Octets.hex("9a7fffffff"));
        objects.put("a huge byte string", cbor -> Octets.hex("5b7fffffffffffffff"));
        objects.put("a byte string of 2 billion", cbor -> Octets.hex("5a7fffffff00"));
        objects.put("a text of 2 billion", cbor -> Octets.hex("7a7fffffff00"));
        objects.put("a reserved length", cbor -> Octets.hex("bc"));
        objects.forEach((what, change) ->
                catalogue.malformed("attestation object: " + what, lies -> lies.withAttestationObject(change)));
        catalogue.invalid(
                "attestation object: more than 16 KiB",
                lies -> lies.withAttestationObject(cbor -> Bytes.of(Octets.join(cbor.toArray(), new byte[16 * 1024]))));
    }

    /** Well formed, but not the one form that CTAP2 canonical CBOR gives a value. */
    private static void addWrittenOddly(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> objects = new LinkedHashMap<>();
        objects.put("a map of indefinite size", cbor -> Octets.append(head(cbor, 0xbf), 0xff));
        objects.put("its size in two bytes", cbor -> head(cbor, 0xb8, 0x03));
        objects.put("its size in nine bytes", cbor -> head(cbor, 0xbb, 0, 0, 0, 0, 0, 0, 0, 3));
        objects.forEach((what, change) ->
                catalogue.malformed("attestation object: " + what, lies -> lies.withAttestationObject(change)));
        changing(
                catalogue,
                "fmt with its length in two bytes",
                object -> object.put("fmt", Cbor.raw(0x78, 0x04, 'n', 'o', 'n', 'e')));
        changing(
                catalogue,
                "fmt in pieces",
                object -> object.put("fmt", Cbor.raw(0x7f, 0x62, 'n', 'o', 0x62, 'n', 'e', 0xff)));
        changing(catalogue, "attStmt of indefinite size", object -> object.put("attStmt", Cbor.raw(0xbf, 0xff)));
        changing(
                catalogue,
                "authData with its length in five bytes",
                object -> object.put("authData", data(object, 0x5a)));
        changing(catalogue, "authData in one piece of indefinite length", object -> {
            byte[] encoded = Cbor.encode(object.get("authData"));
            object.put("authData", new Cbor.Raw(Bytes.of(Octets.join(new byte[] {0x5f}, encoded, new byte[] {(byte) 0xff
            }))));
        });
    }

    private static Cbor.Raw data(Members object, int head) {
        byte[] data = (byte[]) object.get("authData");
        return new Cbor.Raw(Bytes.of(Octets.join(new byte[] {(byte) head}, Octets.bigEndian(data.length, 4), data)));
    }

    private static Bytes head(Bytes cbor, int... head) {
        return Bytes.of(Octets.join(Octets.of(head).toArray(), Octets.slice(cbor.toArray(), 1, cbor.length() - 1)));
    }

    private static Lies attesting(Lies lies, String format, Members statement) {
        return lies.withAttestation(format, Bytes.of(Cbor.encode(statement)));
    }

    private static Members signed(Draft draft) {
        return new Members()
                .put("alg", draft.credential.algorithm().identifier())
                .put("sig", draft.signature);
    }

    private static void statement(Draft draft, String format, Members statement) {
        draft.attestation.put("fmt", format).put("attStmt", statement);
    }

    private static void changing(Catalogue catalogue, String what, Consumer<Members> change) {
        catalogue.malformed(
                "attestation object: " + what,
                lies -> lies.with(Stage.ATTESTATION, draft -> change.accept(draft.attestation)));
    }
}
