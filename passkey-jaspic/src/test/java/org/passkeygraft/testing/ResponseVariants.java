package org.passkeygraft.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** Members that only one kind of answer has (sections 5.1 and 5.5.1). */
final class ResponseVariants {
    private static final List<String> TRANSPORTS = List.of(
            "[]",
            "[\"usb\"]",
            "[\"internal\",\"internal\"]",
            "[\"internal\",\"teleport\"]",
            "[\"\"]",
            "[\"cable\"]",
            "[\"ble\",\"hybrid\",\"internal\",\"nfc\",\"smart-card\",\"usb\"]");

    private ResponseVariants() {}

    static void addRegistrationsTo(Catalogue catalogue) {
        addBinary(catalogue, "attestationObject");
        addCrossed(catalogue);
        addTransports(catalogue);
        addUnsignedCopies(catalogue);
        addCredProps(catalogue);
    }

    static void addAuthenticationsTo(Catalogue catalogue) {
        addBinary(catalogue, "authenticatorData");
        addBinary(catalogue, "signature");
        addCrossed(catalogue);
        addUserHandles(catalogue);
        addCredentialIds(catalogue);
    }

    private static void addBinary(Catalogue catalogue, String name) {
        String path = "response." + name;
        catalogue.invalid("response: no " + name, lies -> lies.withoutMember(path));
        Catalogue.NO_TEXT.forEach((type, json) ->
                catalogue.invalid("response: " + name + " is " + type, lies -> lies.withMember(path, json)));
        catalogue.malformed("response: " + name + " empty", lies -> lies.withMember(path, "\"\""));
        catalogue.invalid("response: " + name + " twice, once null", lies -> lies.withRepeatedMember(path, "null"));
        Spelling.wrong()
                .forEach((way, change) ->
                        catalogue.invalid("response: " + name + " " + way, lies -> lies.withSpelling(path, change)));
    }

    /** The response of the other ceremony (T-01). */
    private static void addCrossed(Catalogue catalogue) {
        Map<String, String> others = catalogue.ofRegistrations()
                ? Map.of("signature", "AAAA", "userHandle", "AAAA")
                : Map.of("attestationObject", "oA", "publicKey", "AAAA");
        String missing = catalogue.ofRegistrations() ? "attestationObject" : "signature";
        catalogue.invalid(
                "response: of the other ceremony",
                lies -> lies.with(Stage.JSON, draft -> {
                    draft.response.remove(missing);
                    others.forEach(draft.response::put);
                }));
        catalogue.accepted(
                "response: members of the other ceremony as well",
                lies -> lies.with(Stage.JSON, draft -> others.forEach(draft.response::put)));
    }

    private static void addTransports(Catalogue catalogue) {
        TRANSPORTS.forEach(json -> catalogue.accepted(
                "response: transports " + json, lies -> lies.withMember("response.transports", json)));
        catalogue.accepted("response: no transports", lies -> lies.withoutMember("response.transports"));
        catalogue.malformed(
                "response: 17 transports",
                lies -> lies.withMember("response.transports", "[" + "\"usb\",".repeat(16) + "\"nfc\"]"));
        catalogue.malformed(
                "response: 1,000 transports",
                lies -> lies.withMember("response.transports", "[" + "\"x\",".repeat(999) + "\"usb\"]"));
        List.of("\"internal\"", "1", "true", "{}", "[1]", "[null]", "[[]]", "[\"usb\",{}]")
                .forEach(json -> catalogue.malformed(
                        "response: transports " + json, lies -> lies.withMember("response.transports", json)));
    }

    /** What nobody signed and a relying party must not look at (T-16). */
    private static void addUnsignedCopies(Catalogue catalogue) {
        for (String name : List.of("authenticatorData", "publicKey", "publicKeyAlgorithm")) {
            catalogue.accepted("response: no " + name, lies -> lies.withoutMember("response." + name));
        }
        catalogue.accepted(
                "response: the public key of somebody else",
                lies -> lies.with(
                        Stage.JSON,
                        draft -> draft.response.put(
                                "publicKey",
                                Draft.base64url(CoseAlgorithm.ES256
                                        .newKeyPair()
                                        .getPublic()
                                        .getEncoded()))));
        catalogue.accepted(
                "response: another algorithm", lies -> lies.withMember("response.publicKeyAlgorithm", "-257"));
        catalogue.accepted(
                "response: other authenticator data",
                lies -> lies.with(Stage.JSON, draft -> {
                    byte[] other = draft.authenticatorData.clone();
                    other[32] ^= (byte) (Flag.USER_VERIFIED.mask() | Flag.BACKED_UP.mask());
                    draft.response.put("authenticatorData", Draft.base64url(other));
                }));
    }

    private static void addCredProps(Catalogue catalogue) {
        List.of("{}", "{\"rk\":true,\"authenticatorDisplayName\":\"Pocket\"}")
                .forEach(json -> catalogue.accepted(
                        "response: credProps " + json,
                        lies -> lies.withMember("clientExtensionResults", "{\"credProps\":" + json + "}")));
        catalogue.refused(
                "response: credProps of a passkey that is not discoverable",
                lies -> lies.withMember("clientExtensionResults", "{\"credProps\":{\"rk\":false}}"));
        List.of("1", "true", "\"yes\"", "[]", "{\"rk\":\"yes\"}", "{\"rk\":1}", "{\"rk\":[]}")
                .forEach(json -> catalogue.malformed(
                        "response: credProps " + json,
                        lies -> lies.withMember("clientExtensionResults", "{\"credProps\":" + json + "}")));
    }

    private static void addUserHandles(Catalogue catalogue) {
        catalogue.refused("response: no user handle", Lies::withoutUserHandle);
        catalogue.refused("response: user handle null", lies -> lies.withMember("response.userHandle", "null"));
        catalogue.refused("response: user handle empty", lies -> lies.withMember("response.userHandle", "\"\""));
        List.of("1", "true", "[]", "{}")
                .forEach(json -> catalogue.invalid(
                        "response: user handle " + json, lies -> lies.withMember("response.userHandle", json)));
        List.of(1, 16, 32, 64)
                .forEach(length -> catalogue.refused(
                        "response: another user handle of " + length + " bytes",
                        lies -> lies.withUserHandle(Octets.random(length))));
        List.of(65, 1000)
                .forEach(length -> catalogue.invalid(
                        "response: user handle of " + length + " bytes",
                        lies -> lies.withUserHandle(Octets.random(length))));
        changedHandle(catalogue, "with its first bit changed", handle -> Octets.flip(handle, handle.length() * 8 - 1));
        changedHandle(catalogue, "with its last bit changed", handle -> Octets.flip(handle, 0));
        changedHandle(catalogue, "a byte short", handle -> Octets.first(handle, handle.length() - 1));
        catalogue.invalid(
                "response: userHandle twice, once null",
                lies -> lies.withRepeatedMember("response.userHandle", "null"));
        Spelling.wrong()
                .forEach((way, change) -> catalogue.invalid(
                        "response: user handle " + way, lies -> lies.withSpelling("response.userHandle", change)));
    }

    private static void changedHandle(Catalogue catalogue, String how, UnaryOperator<Bytes> change) {
        catalogue.refused(
                "response: user handle " + how,
                lies -> lies.with(
                        Stage.CREDENTIAL,
                        draft -> draft.userHandle = change.apply(Objects.requireNonNull(draft.userHandle))));
    }

    private static void addCredentialIds(Catalogue catalogue) {
        List.of(1, 16, 32, 1023)
                .forEach(length -> catalogue.refused(
                        "response: unknown credential id of " + length + " bytes",
                        lies -> lies.withCredentialId(Octets.random(length))));
        List.of(1024, 4096)
                .forEach(length -> catalogue.invalid(
                        "response: credential id of " + length + " bytes",
                        lies -> lies.withCredentialId(Octets.random(length))));
        Map<String, UnaryOperator<Bytes>> changes = new LinkedHashMap<>();
        changes.put("with its first bit changed", id -> Octets.flip(id, id.length() * 8 - 1));
        changes.put("with its last bit changed", id -> Octets.flip(id, 0));
        changes.put("a byte short", id -> Octets.first(id, id.length() - 1));
        changes.put("with a zero byte more", id -> Octets.append(id, 0));
        changes.put("hashed", Bytes::sha256);
        changes.forEach((what, change) -> catalogue.refused(
                "response: credential id " + what,
                lies -> lies.with(Stage.JSON, draft -> {
                    String id = change.apply(draft.credential.id()).base64url();
                    draft.json.put("id", id).put("rawId", id);
                })));
    }
}
