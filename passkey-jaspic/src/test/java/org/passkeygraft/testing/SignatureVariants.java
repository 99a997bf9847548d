package org.passkeygraft.testing;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** Signatures: of an assertion (section 7.2 step 21), or of a self attestation (section 8.2). */
final class SignatureVariants {
    private static final int LONGEST = 1024;

    private SignatureVariants() {}

    static void addTo(Catalogue catalogue) {
        accepted(catalogue, "negated s", Lies::withNegatedS);
        addNumbers(catalogue);
        addBytes(catalogue);
        addMessages(catalogue);
        refused(catalogue, "of another key", Lies::signedByAnotherKey);
        for (int bit = 0; bit < 560; bit += 16) {
            int flipped = bit;
            refused(catalogue, "with bit " + bit + " changed", lies -> lies.withFlippedSignatureBit(flipped));
        }
    }

    private static void addNumbers(Catalogue catalogue) {
        numbers(catalogue, "r 0, s 0", (signature, n) -> new EcdsaSignature(ZERO, ZERO));
        numbers(catalogue, "r 1, s 1", (signature, n) -> new EcdsaSignature(ONE, ONE));
        numbers(catalogue, "r n, s n", (signature, n) -> new EcdsaSignature(n, n));
        numbers(catalogue, "r 0", (signature, n) -> new EcdsaSignature(ZERO, signature.s()));
        numbers(catalogue, "s 0", (signature, n) -> new EcdsaSignature(signature.r(), ZERO));
        numbers(catalogue, "s n", (signature, n) -> new EcdsaSignature(signature.r(), n));
        numbers(catalogue, "r n", (signature, n) -> new EcdsaSignature(n, signature.s()));
        numbers(
                catalogue,
                "s + n",
                (signature, n) ->
                        new EcdsaSignature(signature.r(), signature.s().add(n)));
        numbers(
                catalogue,
                "r + n",
                (signature, n) -> new EcdsaSignature(signature.r().add(n), signature.s()));
        numbers(catalogue, "n - r", (signature, n) -> new EcdsaSignature(n.subtract(signature.r()), signature.s()));
        numbers(
                catalogue,
                "s + 1",
                (signature, n) ->
                        new EcdsaSignature(signature.r(), signature.s().add(ONE)));
        numbers(
                catalogue,
                "negative r and s",
                (signature, n) ->
                        new EcdsaSignature(signature.r().negate(), signature.s().negate()));
        numbers(catalogue, "r and s exchanged", (signature, n) -> new EcdsaSignature(signature.s(), signature.r()));
    }

    private static void numbers(
            Catalogue catalogue, String what, BiFunction<EcdsaSignature, BigInteger, EcdsaSignature> change) {
        refused(
                catalogue,
                what,
                lies -> lies.withEcdsaSignature(
                        (signature, n) -> change.apply(signature, n).encoded()));
    }

    private static void addBytes(Catalogue catalogue) {
        refused(catalogue, "as r and s without ASN.1", Lies::withRawSignature);
        Map<String, UnaryOperator<Bytes>> bytes = new LinkedHashMap<>();
        bytes.put("empty", signature -> Bytes.of(new byte[0]));
        bytes.put("of one zero", signature -> Bytes.of(new byte[1]));
        bytes.put("of 64 zeros", signature -> Bytes.of(new byte[64]));
        bytes.put("of as many zeros", signature -> Bytes.of(new byte[signature.length()]));
        bytes.put("of random bytes", signature -> Octets.random(signature.length()));
        bytes.put("an empty sequence", signature -> Octets.of(0x30, 0));
        bytes.put("a sequence of one", signature -> Octets.of(0x30, 3, 2, 1, 1));
        bytes.put("of empty integers", signature -> Octets.of(0x30, 4, 2, 0, 2, 0));
        bytes.put("with a tail", signature -> Octets.append(signature, 0));
        bytes.put("twice", signature -> Bytes.of(Octets.join(signature.toArray(), signature.toArray())));
        bytes.put("a byte short", signature -> Octets.first(signature, signature.length() - 1));
        bytes.put("half", signature -> Octets.first(signature, signature.length() / 2));
        bytes.put("said to be huge", signature -> Octets.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 1, 2, 1, 1));
        bytes.put("of 1 KiB", signature -> Bytes.of(new byte[LONGEST]));
        bytes.put("of more than 1 KiB", signature -> Bytes.of(new byte[LONGEST + 1]));
        bytes.forEach((what, change) -> malformed(catalogue, what, lies -> lies.swappingSignature(change)));
    }

    private static void addMessages(Catalogue catalogue) {
        Map<String, Function<Draft, byte[]>> messages = new LinkedHashMap<>();
        messages.put("of nothing", draft -> new byte[0]);
        messages.put("of the authenticator data alone", draft -> draft.authenticatorData);
        messages.put("of the client data's hash alone", draft -> Octets.sha256(draft.clientDataJson));
        messages.put(
                "of the hash first",
                draft -> Octets.join(Octets.sha256(draft.clientDataJson), draft.authenticatorData));
        messages.put("of client data not hashed", draft -> Octets.join(draft.authenticatorData, draft.clientDataJson));
        messages.put("of the hash of all", draft -> Octets.sha256(draft.signedBytes()));
        messages.put(
                "of other client data",
                draft -> Octets.join(draft.authenticatorData, Octets.sha256(new byte[] {'{', '}'})));
        messages.forEach((what, message) -> refused(
                catalogue,
                what,
                lies -> lies.with(
                        Stage.SIGNATURE,
                        draft -> draft.signature = draft.credential
                                .algorithm()
                                .sign(draft.credential.keys().getPrivate(), message.apply(draft)))));
        refused(
                catalogue,
                "with SHA-384",
                lies -> lies.with(
                        Stage.SIGNATURE,
                        draft -> draft.signature =
                                CoseAlgorithm.ES384.sign(draft.credential.keys().getPrivate(), draft.signedBytes())));
    }

    private static void accepted(Catalogue catalogue, String what, UnaryOperator<Lies> lie) {
        catalogue.accepted("signature: " + what, told(catalogue, lie));
    }

    private static void refused(Catalogue catalogue, String what, UnaryOperator<Lies> lie) {
        catalogue.refused("signature: " + what, told(catalogue, lie));
    }

    private static void malformed(Catalogue catalogue, String what, UnaryOperator<Lies> lie) {
        catalogue.malformed("signature: " + what, told(catalogue, lie));
    }

    /** A registration signs only where it attests itself. */
    private static UnaryOperator<Lies> told(Catalogue catalogue, UnaryOperator<Lies> lie) {
        return catalogue.ofRegistrations() ? lies -> lie.apply(lies.withSelfAttestation()) : lie;
    }
}
