package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.testing.MalformedAnswers;
import org.passkeygraft.testing.MalformedAnswers.Expectation;
import org.passkeygraft.testing.MalformedAnswers.Variant;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestSize;

/**
 * T-01 to T-28 over HTTP: every answer of the catalogue that must be refused is refused with its one status and code, says
 * nothing of the inside, stores nothing and logs nobody on; every odd but good one is accepted.
 */
class MalformedAnswersIT {
    private static RunningSample sample;
    private static int users;

    private static SampleClient unbound;
    private static SampleClient owner;
    private static SoftwareAuthenticator bound;

    @BeforeAll
    static void start() throws Exception {
        long accepted = Stream.concat(registrations(), authentications())
                .filter(Variant::mustBeAccepted)
                .count();
        sample = RunningSample.start(RunningSample.options().withUsers((int) accepted + 2));
        unbound = loggedOn();
        bound = SoftwareAuthenticator.synced();
        owner = loggedOn();
        bindPasskey();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    static Stream<Variant> registrations() {
        return someOf(MalformedAnswers.registrations());
    }

    static Stream<Variant> authentications() {
        return someOf(MalformedAnswers.authentications());
    }

    /** Every day a quarter of them, evenly spread; the ceremonies' own test takes all of them. */
    private static Stream<Variant> someOf(List<Variant> variants) {
        int stride = TestSize.of(4, 1);
        return IntStream.iterate(0, i -> i < variants.size(), i -> i + stride).mapToObj(variants::get);
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void aRegistrationIsJudgedAsTheCatalogueSays(Variant variant) {
        Answer options = unbound.bindingOptions("Mine");
        assertThat(options.status()).isEqualTo(200);

        Answer answer = unbound.post(
                "passkey/passkeys", variant.body(SoftwareAuthenticator.synced(), options.body(), unbound.origin()));

        Discretion.isKeptBy(answer);
        assertThat(variant.expectations()).as(answer.body()).contains(judgement(answer, "registration-failed"));
        if (variant.mustBeAccepted()) {
            // Whoever has a passkey proves with it.
            unbound = loggedOn();
        } else {
            assertThat(unbound.fetch("passkey/passkeys").body()).contains("\"passkeys\":[]");
        }
    }

    @ParameterizedTest
    @MethodSource("authentications")
    void anAuthenticationIsJudgedAsTheCatalogueSays(Variant variant) {
        SampleClient browser = sample.newBrowser();
        Answer options = browser.options("logon");
        assertThat(options.status()).isEqualTo(200);

        Answer answer = browser.post("passkey/logon/assertion", variant.body(bound, options.body(), browser.origin()));

        Discretion.isKeptBy(answer);
        assertThat(variant.expectations()).as(answer.body()).contains(judgement(answer, "authentication-failed"));
        if (variant.mustBeAccepted()) {
            assertThat(browser.me()).startsWith("user");
            // What is remembered of the passkey may have changed.
            bound = SoftwareAuthenticator.synced();
            owner = loggedOn();
            bindPasskey();
        } else {
            assertThat(browser.cookies()).doesNotContainKey("JSESSIONID");
            assertThat(owner.fetch("passkey/passkeys").body()).contains("\"lastUsedAt\":null");
        }
    }

    /** What came of it, by the one status and code that belong to it; unlike all expectations if they do not fit. */
    private static Expectation judgement(Answer answer, String refusal) {
        if (answer.status() < 300) {
            return Expectation.ACCEPTED;
        }
        return switch (answer.status() + " " + answer.code()) {
            case "400 invalid-request" -> Expectation.INVALID;
            case "400 registration-failed", "401 authentication-failed" -> {
                assertThat(answer.code()).isEqualTo(refusal);
                yield Expectation.REFUSED;
            }
            case "409 ceremony-expired" -> Expectation.UNKNOWN_CEREMONY;
            case "413 too-large" -> Expectation.TOO_LARGE;
            default -> throw new AssertionError("status " + answer.status() + ": " + answer.body());
        };
    }

    private static void bindPasskey() {
        assertThat(owner.bind(bound, "Mine").status()).isEqualTo(201);
    }

    private static SampleClient loggedOn() {
        SampleClient browser = sample.newBrowser();
        assertThat(browser.logOn("user" + ++users, "password").status()).isEqualTo(303);
        return browser;
    }
}
