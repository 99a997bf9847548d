package org.passkeygraft.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;
import org.passkeygraft.testing.MalformedAnswers.Expectation;
import org.passkeygraft.testing.MalformedAnswers.Variant;

class MalformedAnswersTest {
    private static final String ORIGIN = "https://app.example";
    private static final int LARGEST_BODY = 64 * 1024;

    private final SoftwareAuthenticator authenticator = SoftwareAuthenticator.synced();

    static Stream<Variant> registrations() {
        return MalformedAnswers.registrations().stream();
    }

    static Stream<Variant> authentications() {
        return MalformedAnswers.authentications().stream();
    }

    static Stream<Variant> acceptedRegistrations() {
        return registrations().filter(Variant::mustBeAccepted);
    }

    static Stream<Variant> acceptedAuthentications() {
        return authentications().filter(Variant::mustBeAccepted);
    }

    static Stream<Variant> brokenSignatures() {
        return authentications()
                .filter(variant -> !variant.mustBeAccepted())
                .filter(variant -> variant.name().startsWith("signature:")
                        || variant.name().contains("after signing"));
    }

    @Test
    void theCatalogueHoldsHundredsOfEachKindUnderDifferentNames() {
        List<List<String>> names = Stream.of(MalformedAnswers.registrations(), MalformedAnswers.authentications())
                .map(variants -> variants.stream().map(Variant::name).toList())
                .toList();

        assertThat(names)
                .allSatisfy(list -> assertThat(list).hasSizeGreaterThan(300).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void aRegistrationVariantIsNotTheHonestAnswer(Variant variant) {
        Lies repeatable = repeatable(credential());

        assertThat(variant.told(repeatable, TestOptions.creation("alice"), ORIGIN))
                .isNotEqualTo(repeatable.createBytes(TestOptions.creation("alice"), ORIGIN));
    }

    @ParameterizedTest
    @MethodSource("authentications")
    void anAuthenticationVariantIsNotTheHonestAnswer(Variant variant) {
        Lies repeatable = repeatable(credential());

        assertThat(variant.told(repeatable, TestOptions.request(), ORIGIN))
                .isNotEqualTo(repeatable.getBytes(TestOptions.request(), ORIGIN));
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void onlyRegistrationsOverTheLimitAreCalledTooLarge(Variant variant) {
        Bytes body = variant.body(authenticator, TestOptions.creation("alice"), ORIGIN);

        assertThat(body.length() > LARGEST_BODY)
                .isEqualTo(variant.expectations().contains(Expectation.TOO_LARGE));
    }

    @ParameterizedTest
    @MethodSource("authentications")
    void onlyAuthenticationsOverTheLimitAreCalledTooLarge(Variant variant) {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);

        Bytes body = variant.body(authenticator, TestOptions.request(), ORIGIN);

        assertThat(body.length() > LARGEST_BODY)
                .isEqualTo(variant.expectations().contains(Expectation.TOO_LARGE));
    }

    @Test
    void aVariantIsAcceptedOrRefusedAndNeverEither() {
        assertThat(Stream.concat(registrations(), authentications()))
                .allSatisfy(variant ->
                        assertThat(variant.expectations()).hasSizeBetween(1, variant.mustBeAccepted() ? 1 : 2));
    }

    @ParameterizedTest
    @MethodSource("acceptedAuthentications")
    void anAssertionThatMustBeAcceptedVerifies(Variant variant) {
        SoftwareCredential credential = credential();

        Members response = response(variant.body(authenticator, TestOptions.request(), ORIGIN));

        assertThat(verifies(credential, response)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("brokenSignatures")
    void anAssertionCalledBadlySignedDoesNotVerify(Variant variant) {
        SoftwareCredential credential = credential();

        Members response = response(variant.body(authenticator, TestOptions.request(), ORIGIN));

        assertThat(verifies(credential, response)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("acceptedRegistrations")
    void aRegistrationThatMustBeAcceptedIsWellFormed(Variant variant) {
        Members response = response(variant.body(authenticator, TestOptions.creation("alice"), ORIGIN));

        Members object = (Members) Objects.requireNonNull(Cbor.decode(bytes(response, "attestationObject")));
        byte[] data = ((Bytes) object.get("authData")).toArray();
        int idLength = ((data[53] & 0xff) << 8) | (data[54] & 0xff);
        byte[] afterId = Octets.slice(data, 55 + idLength, data.length - 55 - idLength);
        assertThat(Cbor.decodeAll(afterId)).hasSize((data[32] & Flag.EXTENSION_DATA.mask()) == 0 ? 1 : 2);
    }

    private SoftwareCredential credential() {
        authenticator.create(TestOptions.creation("alice"), ORIGIN);
        return authenticator.newest();
    }

    /** Lies about always the same passkey, which signs the same bytes always with the same signature. */
    private Lies repeatable(SoftwareCredential credential) {
        Map<Bytes, byte[]> signatures = new HashMap<>();
        return authenticator
                .lying()
                .with(Stage.CREDENTIAL, draft -> draft.credential = credential)
                .with(
                        Stage.SIGNATURE,
                        draft -> draft.signature =
                                signatures.computeIfAbsent(Bytes.of(draft.signedBytes()), signed -> draft.signature));
    }

    private static boolean verifies(SoftwareCredential credential, Members response) {
        byte[] signed =
                Octets.join(bytes(response, "authenticatorData"), Octets.sha256(bytes(response, "clientDataJSON")));
        return credential.algorithm().verifies(credential.publicKey(), signed, bytes(response, "signature"));
    }

    private static Members response(Bytes body) {
        String text = new String(body.toArray(), StandardCharsets.UTF_8);
        return (Members) JsonText.parseObject(text).get("response");
    }

    private static byte[] bytes(Members members, String name) {
        return Bytes.require((String) members.get(name)).toArray();
    }
}
