package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.ceremony.RelyingPartyUnderTest.ORIGIN;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.testing.MalformedAnswers;
import org.passkeygraft.testing.MalformedAnswers.Expectation;
import org.passkeygraft.testing.MalformedAnswers.Variant;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** The whole catalogue of answers that are wrong or odd in one way: refused where they must be, else accepted. */
class MalformedAnswersAgainstCeremoniesTest {
    private static final int LARGEST_BODY = 64 * 1024;

    private final RelyingPartyUnderTest server = new RelyingPartyUnderTest();
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    static Stream<Variant> registrations() {
        return MalformedAnswers.registrations().stream();
    }

    static Stream<Variant> authentications() {
        return MalformedAnswers.authentications().stream();
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void aRegistrationIsJudgedAsTheCatalogueSays(Variant variant) {
        Bytes body = variant.body(device, server.creationOptions(PasskeyUse.LOGON), ORIGIN);

        Checked<CredentialRecord> outcome = server.register(body, server.binding(PasskeyUse.LOGON));

        assertThat(variant.expectations()).as("%s", outcome).containsAnyElementsOf(judgement(body, outcome.refusal()));
    }

    @ParameterizedTest
    @MethodSource("authentications")
    void anAuthenticationIsJudgedAsTheCatalogueSays(Variant variant) {
        CredentialRecord credential = server.bind(device);
        Bytes body = variant.body(device, server.requestOptions(), ORIGIN);

        Checked<VerifiedAssertion> outcome = server.authenticate(body, server.logon(), credential);

        assertThat(variant.expectations()).as("%s", outcome).containsAnyElementsOf(judgement(body, outcome.refusal()));
    }

    /** A body over the limit reaches a ceremony only past the web's own count (guard G1), and is refused there as well. */
    private static Set<Expectation> judgement(Bytes body, Optional<Rejection> refusal) {
        if (refusal.isEmpty()) {
            return Set.of(Expectation.ACCEPTED);
        }
        if (body.length() > LARGEST_BODY) {
            return Set.of(Expectation.TOO_LARGE);
        }
        return switch (refusal.get()) {
            case MALFORMED -> Set.of(Expectation.INVALID);
            case CEREMONY_UNKNOWN -> Set.of(Expectation.UNKNOWN_CEREMONY);
            default -> Set.of(Expectation.REFUSED);
        };
    }
}
