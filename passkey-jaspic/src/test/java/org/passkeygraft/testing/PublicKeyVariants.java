package org.passkeygraft.testing;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** The COSE_Key in attested credential data (WebAuthn Level 3, sections 5.8.5 and 6.5.1; section 7.1 step 20). */
final class PublicKeyVariants {
    private static final long KTY = 1;
    private static final long ALG = 3;
    private static final long CRV = -1;
    private static final long X = -2;
    private static final long Y = -3;
    private static final Map<String, Long> LABELS = Map.of("kty", KTY, "alg", ALG, "crv", CRV, "x", X, "y", Y);
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private PublicKeyVariants() {}

    static void addTo(Catalogue catalogue) {
        addAlgorithms(catalogue);
        addMismatches(catalogue);
        addMembers(catalogue);
        addPoints(catalogue);
        addRsa(catalogue);
        addEd25519(catalogue);
        addStructures(catalogue);
    }

    private static void addAlgorithms(Catalogue catalogue) {
        List.of(CoseAlgorithm.ES384, CoseAlgorithm.EDDSA)
                .forEach(offered ->
                        catalogue.accepted("public key: algorithm " + offered, lies -> lies.withAlgorithm(offered)));
        List.of(CoseAlgorithm.ES512, CoseAlgorithm.ED448)
                .forEach(foreign -> catalogue.refused(
                        "public key: algorithm " + foreign + " not asked for", lies -> lies.withAlgorithm(foreign)));
        List.of(CoseAlgorithm.RS384, CoseAlgorithm.RS512, CoseAlgorithm.RS1)
                .forEach(foreign -> catalogue.refused(
                        "public key: algorithm " + foreign + " not asked for",
                        lies -> encoded(lies, rsa().put(ALG, foreign.identifier()))));
    }

    private static void addMismatches(Catalogue catalogue) {
        List.of(-8, -35, -36, -37, -47, -257, -258, -65535, -9, -19, 0, 7, -25)
                .forEach(alg -> setting(catalogue, "alg", alg));
        List.of(0, 1, 3, 4, -1, 255).forEach(kty -> setting(catalogue, "kty", kty));
        List.of(0, 2, 3, 4, 6, 7, 8, -1, 256).forEach(crv -> setting(catalogue, "crv", crv));
        catalogue.refused(
                "public key: ES256 on P-384",
                lies -> lies.withAlgorithm(CoseAlgorithm.ES384)
                        .with(Stage.PARTS, draft -> key(draft, cose -> cose.put(ALG, -7))));
        catalogue.refused(
                "public key: EdDSA on Ed448",
                lies -> lies.withAlgorithm(CoseAlgorithm.ED448)
                        .with(Stage.PARTS, draft -> key(draft, cose -> cose.put(ALG, -8))));
        catalogue.refused("public key: RS256 with the number of ES256", lies -> encoded(lies, rsa().put(ALG, -7)));
        changing(catalogue, "alg of 64 bits", cose -> cose.put(ALG, Long.MAX_VALUE));
        changing(catalogue, "alg in words", cose -> cose.put(ALG, "ES256"));
        changing(catalogue, "kty in words", cose -> cose.put(KTY, "EC2"));
        changing(catalogue, "crv in words", cose -> cose.put(CRV, "P-256"));
    }

    private static void setting(Catalogue catalogue, String label, int value) {
        changing(catalogue, "P-256 key with " + label + " " + value, cose -> cose.put(label(label), value));
    }

    private static void addMembers(Catalogue catalogue) {
        for (String label : List.of("kty", "alg", "crv", "x", "y")) {
            changing(catalogue, "no " + label, cose -> cose.remove(label(label)));
            changing(catalogue, label + " twice", cose -> cose.repeat(label(label), cose.get(label(label))));
            changing(catalogue, label + " twice, once null", cose -> cose.repeat(label(label), null));
            changing(catalogue, label + " null", cose -> cose.put(label(label), null));
            changing(catalogue, label + " false", cose -> cose.put(label(label), false));
            changing(catalogue, label + " an array", cose -> cose.put(label(label), List.of(cose.get(label(label)))));
            changing(catalogue, label + " a map", cose -> cose.put(label(label), new Members()));
            changing(catalogue, label + " a text", cose -> cose.put(label(label), "1"));
        }
        changing(catalogue, "a private key in it", cose -> cose.put(-4L, new byte[32]));
        changing(catalogue, "a key id in it", cose -> cose.put(2L, new byte[4]));
        changing(catalogue, "key operations in it", cose -> cose.put(4L, List.of(2)));
        changing(catalogue, "an initial vector in it", cose -> cose.put(5L, new byte[4]));
        changing(catalogue, "an unknown number in it", cose -> cose.put(-70000L, true));
        changing(catalogue, "an unknown text in it", cose -> cose.put("x", true));
        changing(catalogue, "labels as texts", cose -> cose.remove(KTY).put("1", 2));
    }

    private static void addPoints(Catalogue catalogue) {
        for (String axis : List.of("x", "y")) {
            Map<String, UnaryOperator<Bytes>> coordinates = new LinkedHashMap<>();
            coordinates.put("of 31 bytes", bytes -> Octets.first(bytes, 31));
            coordinates.put("of 33 bytes", bytes -> Octets.append(bytes, 0));
            coordinates.put("with a zero byte before it", bytes -> Bytes.of(Octets.join(new byte[1], bytes.toArray())));
            coordinates.put("of 1,000 bytes", bytes -> Bytes.of(new byte[1000]));
            coordinates.put("empty", bytes -> Bytes.of(new byte[0]));
            coordinates.put("0", bytes -> Bytes.of(new byte[32]));
            coordinates.put("the field's prime", bytes -> Bytes.of(Octets.unsigned(P256, 32)));
            coordinates.put("beyond the field's prime", bytes -> Octets.hex("ff".repeat(32)));
            coordinates.put("with its last bit changed", bytes -> Octets.flip(bytes, 0));
            coordinates.put("with its first bit changed", bytes -> Octets.flip(bytes, 255));
            coordinates.forEach((what, change) -> changing(
                    catalogue,
                    axis + " " + what,
                    cose -> cose.put(label(axis), change.apply(Bytes.of((byte[]) cose.get(label(axis)))))));
        }
        changing(catalogue, "a compressed point", cose -> cose.put(Y, true));
        changing(
                catalogue, "the point (0, 0)", cose -> cose.put(X, new byte[32]).put(Y, new byte[32]));
        changing(catalogue, "the point (1, 1)", cose -> cose.put(X, one()).put(Y, one()));
        changing(
                catalogue,
                "x and y of 48 bytes",
                cose -> cose.put(X, new byte[48]).put(Y, new byte[48]));
    }

    private static byte[] one() {
        return Octets.bigEndian(1, 32);
    }

    private static void addRsa(Catalogue catalogue) {
        List.of(2048, 3072, 4096)
                .forEach(bits -> catalogue.accepted(
                        "public key: RSA of " + bits + " bits", lies -> rsa(lies, modulus(bits), 65537)));
        catalogue.accepted("public key: RSA with exponent 3", lies -> rsa(lies, modulus(2048), 3));
        List.of(512, 1024, 1536, 2047, 4097, 8192)
                .forEach(bits -> catalogue.refused(
                        "public key: RSA of " + bits + " bits", lies -> rsa(lies, modulus(bits), 65537)));
        List.of(0, 1, 2, 4, 65536)
                .forEach(exponent -> catalogue.refused(
                        "public key: RSA with exponent " + exponent, lies -> rsa(lies, modulus(2048), exponent)));
        catalogue.refused(
                "public key: RSA, even modulus", lies -> rsa(lies, modulus(2048).clearBit(0), 65537));
        catalogue.refused("public key: RSA, modulus 0", lies -> rsa(lies, BigInteger.ZERO, 65537));
        Map<String, Members> broken = new LinkedHashMap<>();
        broken.put("without modulus", rsa().remove(-1L));
        broken.put("without exponent", rsa().remove(-2L));
        broken.put("with a curve's y", rsa().put(-3L, new byte[32]));
        broken.put("with its private exponent", rsa().put(-3L, new byte[256]));
        broken.put("empty modulus", rsa().put(-1L, new byte[0]));
        broken.put("modulus of zeros", rsa().put(-1L, new byte[256]));
        broken.put("empty exponent", rsa().put(-2L, new byte[0]));
        broken.put("exponent as a number", rsa().put(-2L, 65537));
        broken.put("modulus as a text", rsa().put(-1L, "n".repeat(256)));
        broken.put("kty EC2", rsa().put(KTY, 2));
        broken.put("exponent as long as its modulus", rsa().put(-2L, Octets.minimal(modulus(2048))));
        broken.forEach((what, cose) -> catalogue.malformed("public key: RSA " + what, lies -> encoded(lies, cose)));
    }

    private static Lies rsa(Lies lies, BigInteger modulus, int exponent) {
        return encoded(
                lies,
                CoseAlgorithm.rsaKey(-257, Octets.minimal(modulus), Octets.minimal(BigInteger.valueOf(exponent))));
    }

    private static Lies encoded(Lies lies, Members cose) {
        return lies.withPublicKey(Bytes.of(Cbor.encode(cose)));
    }

    private static Members rsa() {
        return CoseAlgorithm.rsaKey(-257, Octets.minimal(modulus(2048)), new byte[] {1, 0, 1});
    }

    /** Some odd number of exactly so many bits; nobody can tell whether it has two prime factors. */
    private static BigInteger modulus(int bits) {
        return new BigInteger(bits, new Random(bits)).setBit(0).setBit(bits - 1);
    }

    private static void addEd25519(Catalogue catalogue) {
        Map<String, String> points = new LinkedHashMap<>();
        String zeros = "00".repeat(30);
        String ones = "ff".repeat(30);
        String eight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc";
        String otherEight = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03";
        points.put("of order 1", "01" + zeros + "00");
        points.put("of order 1, negative zero", "01" + zeros + "80");
        points.put("of order 2", "ec" + ones + "7f");
        points.put("of order 2, negative zero", "ec" + ones + "ff");
        points.put("of order 4", "00" + zeros + "00");
        points.put("of order 4, negative", "00" + zeros + "80");
        points.put("of order 8", eight + "05");
        points.put("of order 8, negative", eight + "85");
        points.put("of another order 8", otherEight + "7a");
        points.put("of another order 8, negative", otherEight + "fa");
        points.put("with y = p", "ed" + ones + "7f");
        points.put("with y = p, negative", "ed" + ones + "ff");
        points.put("with y = p + 1", "ee" + ones + "7f");
        points.put("with y = p + 1, negative", "ee" + ones + "ff");
        points.put("with y = p + 3", "f0" + ones + "7f");
        points.put("with y of all ones", "ff" + ones + "ff");
        points.put("off the curve", "02" + zeros + "00");
        points.put("of 31 bytes", "03" + zeros);
        points.put("of 33 bytes", "03" + zeros + "0000");
        points.put("of no bytes", "");
        points.forEach((what, hex) -> catalogue.refused(
                "public key: Ed25519 point " + what, lies -> encoded(lies, ed25519(Octets.hex(hex)))));
        Bytes base = Octets.hex("58" + "66".repeat(31));
        Map<String, Members> broken = new LinkedHashMap<>();
        broken.put("without crv", ed25519(base).remove(CRV));
        broken.put("without x", ed25519(base).remove(X));
        broken.put("with crv X25519", ed25519(base).put(CRV, 4));
        broken.put("with crv Ed448", ed25519(base).put(CRV, 7));
        broken.put("with crv P-256", ed25519(base).put(CRV, 1));
        broken.put("with kty EC2", ed25519(base).put(KTY, 2));
        broken.put("with y", ed25519(base).put(Y, base));
        broken.put("with alg ES256", ed25519(base).put(ALG, -7));
        broken.put("with its private key", ed25519(base).put(-4L, base));
        broken.forEach((what, cose) -> catalogue.malformed("public key: Ed25519 " + what, lies -> encoded(lies, cose)));
    }

    private static Members ed25519(Bytes point) {
        return new Members().put(KTY, 1).put(ALG, -8).put(CRV, 6).put(X, point);
    }

    private static void addStructures(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> structures = new LinkedHashMap<>();
        structures.put("missing", cbor -> Bytes.of(new byte[0]));
        structures.put("an empty map", cbor -> Octets.of(0xa0));
        structures.put("an array", cbor -> Octets.of(0x80));
        structures.put("null", cbor -> Octets.of(0xf6));
        structures.put("a number", cbor -> Octets.of(0x01));
        structures.put("a text", cbor -> Octets.of(0x63, 'k', 'e', 'y'));
        structures.put("inside a byte string", cbor -> Bytes.of(Cbor.encode(cbor)));
        structures.put("inside an array", cbor -> Bytes.of(Cbor.encode(List.of(new Cbor.Raw(cbor)))));
        structures.put("tagged", cbor -> Bytes.of(Octets.join(new byte[] {(byte) 0xc1}, cbor.toArray())));
        structures.put("a byte short", cbor -> Octets.first(cbor, cbor.length() - 1));
        structures.put("half", cbor -> Octets.first(cbor, cbor.length() / 2));
        structures.put("before a second key", cbor -> Bytes.of(Octets.join(cbor.toArray(), cbor.toArray())));
        structures.put("a break", cbor -> Octets.of(0xff));
        structures.put("of a reserved type", cbor -> Octets.of(0xbd));
        structures.put("a map of 6 with 5", cbor -> head(cbor, 0xa6));
        structures.put("a map of 4 with 5", cbor -> head(cbor, 0xa4));
        structures.put("a map of indefinite size", cbor -> Octets.append(head(cbor, 0xbf), 0xff));
        structures.put(
                "a map of a huge size",
                cbor -> Bytes.of(Octets.join(
                        Octets.hex("bb7fffffffffffffff").toArray(),
                        Octets.slice(cbor.toArray(), 1, cbor.length() - 1))));
        structures.put("1,000 arrays deep", cbor -> Octets.hex("81".repeat(1000) + "00"));
        structures.put("1,000 tags deep", cbor -> Octets.hex("c1".repeat(1000) + "00"));
        structures.put(
                "SubjectPublicKeyInfo", cbor -> Octets.hex("3059301306072a8648ce3d020106082a8648ce3d030107034200"));
        structures.forEach((what, change) -> catalogue.malformed(
                "public key: " + what,
                lies -> lies.with(
                        Stage.PARTS,
                        draft -> draft.coseKeyBytes =
                                change.apply(Bytes.of(draft.coseKeyBytes)).toArray())));
        Map<String, Cbor.Raw> values = new LinkedHashMap<>();
        values.put("x of a huge length", Cbor.raw(0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        values.put("x of a negative length", Cbor.raw(0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        values.put("x of 2 billion bytes", Cbor.raw(0x5a, 0x7f, 0xff, 0xff, 0xff));
        values.put("x an array of 4 billion", Cbor.raw(0x9a, 0xff, 0xff, 0xff, 0xff));
        values.put("x in pieces", Cbor.raw(0x5f, 0x41, 0x01, 0x41, 0x02, 0xff));
        values.forEach((what, raw) -> changing(catalogue, what, cose -> cose.put(X, raw)));
        changing(catalogue, "kty as floating point", cose -> cose.put(KTY, Cbor.raw(0xf9, 0x40, 0x00)));
        changing(catalogue, "kty undefined", cose -> cose.put(KTY, Cbor.raw(0xf7)));
        changing(catalogue, "kty as a big number", cose -> cose.put(KTY, Cbor.raw(0xc2, 0x41, 0x02)));
        changing(catalogue, "kty in two bytes", cose -> cose.put(KTY, Cbor.raw(0x18, 0x02)));
        changing(catalogue, "alg in nine bytes", cose -> cose.put(ALG, Cbor.raw(0x3b, 0, 0, 0, 0, 0, 0, 0, 6)));
    }

    /** With another first byte. */
    private static Bytes head(Bytes cbor, int head) {
        byte[] changed = cbor.toArray();
        changed[0] = (byte) head;
        return Bytes.of(changed);
    }

    private static void changing(Catalogue catalogue, String what, Consumer<Members> change) {
        catalogue.malformed("public key: " + what, lies -> lies.with(Stage.PARTS, draft -> key(draft, change)));
    }

    private static void key(Draft draft, Consumer<Members> change) {
        change.accept(draft.coseKey);
        draft.coseKeyBytes = Cbor.encode(draft.coseKey);
    }

    private static long label(String name) {
        return Objects.requireNonNull(LABELS.get(name));
    }
}
