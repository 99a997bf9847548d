package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;
import static org.passkeygraft.engine.EngineUnderTest.assertion;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialId;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.Flag;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** In which order a logon is checked, and what a refusal leaves behind. */
final class PasskeyLogonTest {
    private static final Bytes STRANGE = Bytes.of(new byte[32]);

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();

    @BeforeEach
    void bindAPasskey() {
        engine.bindFirst(ALICE, device);
        engine.counter().reset();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whoeverOwnsThePasskeyIsTheCallerWithTheGroupsOfTheDirectory() {
        Accepted accepted = (Accepted) engine.logOn(engine.beginLogon(""), device);

        assertThat(accepted.account()).isEqualTo(ALICE);
        assertThat(accepted.groups()).containsExactly("staff");
        assertThat(accepted.methods()).containsExactly(LogonMethod.PASSKEY);
    }

    static Stream<Arguments> refusedBeforeTheSelect() {
        return Stream.of(
                lie(Rejection.MALFORMED, lies -> lies.withoutMember("response.signature")),
                lie(Rejection.MALFORMED, lies -> lies.withRepeatedMember("id", "\"x\"")),
                lie(Rejection.CEREMONY_UNKNOWN, lies -> lies.withChallenge(STRANGE.base64url())),
                lie(Rejection.WRONG_TYPE, lies -> lies.withType("webauthn.create")),
                lie(Rejection.WRONG_ORIGIN, lies -> lies.withOrigin("https://app.example.evil")),
                lie(Rejection.CROSS_ORIGIN, lies -> lies.withCrossOrigin(true)),
                lie(Rejection.WRONG_RELYING_PARTY, lies -> lies.withRpId("example")),
                lie(Rejection.USER_NOT_PRESENT, lies -> lies.withFlag(Flag.USER_PRESENT, false)),
                lie(Rejection.USER_NOT_VERIFIED, lies -> lies.withFlag(Flag.USER_VERIFIED, false)),
                lie(Rejection.USER_HANDLE, Lies::withoutUserHandle));
    }

    /** C9: such an answer costs no statement, so its ceremony is still good. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusedBeforeTheSelect(Rejection reason, Function<Lies, Lies> lie) {
        BegunCeremony ceremony = engine.beginLogon("");

        assertThat(engine.logOn(ceremony, assertion(ceremony, lie.apply(device.lying()))))
                .isEqualTo(new Rejected(reason));
        assertThat(engine.counter().statements()).isEmpty();
        assertThat(engine.logOn(ceremony, device)).as("nothing was spent").isInstanceOf(Accepted.class);
    }

    static Stream<Arguments> refusedFromTheSelectOn() {
        return Stream.of(
                lie(Rejection.CREDENTIAL_REMOVED, lies -> lies.withCredentialId(STRANGE)),
                lie(
                        Rejection.CREDENTIAL_UNKNOWN,
                        lies -> lies.withCredentialId(STRANGE).withUserHandle(STRANGE)),
                lie(Rejection.USER_HANDLE, lies -> lies.withUserHandle(STRANGE)),
                lie(Rejection.BACKUP_FLAGS, lies -> lies.withFlag(Flag.BACKUP_ELIGIBLE, true)),
                lie(Rejection.SIGNATURE, Lies::signedByAnotherKey),
                lie(Rejection.SIGNATURE, lies -> lies.withFlippedSignatureBit(70)));
    }

    /** T-30. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusedFromTheSelectOn(Rejection reason, Function<Lies, Lies> lie) {
        BegunCeremony ceremony = engine.beginLogon("");

        assertThat(engine.logOn(ceremony, assertion(ceremony, lie.apply(device.lying()))))
                .isEqualTo(new Rejected(reason));
        assertThat(engine.logOn(ceremony, device))
                .as("the ceremony was spent")
                .isEqualTo(new Rejected(Rejection.CEREMONY_SPENT));
        assertThat(engine.logOn(engine.beginLogon(""), device)).isInstanceOf(Accepted.class);
    }

    private static Arguments lie(Rejection reason, Function<Lies, Lies> lie) {
        return Arguments.of(reason, lie);
    }

    @Test
    void t30_anAnswerCountsOnce() {
        BegunCeremony ceremony = engine.beginLogon("");
        Bytes answer = assertion(ceremony, device);

        assertThat(engine.logOn(ceremony, answer)).isInstanceOf(Accepted.class);
        assertThat(engine.logOn(ceremony, answer)).isEqualTo(new Rejected(Rejection.CEREMONY_SPENT));
    }

    @Test
    void t31_anAnswerCountsOnceWhenItComesTwentyTimesAtOnce() {
        BegunCeremony ceremony = engine.beginLogon("");
        Bytes answer = assertion(ceremony, device);

        assertThat(IntStream.range(0, 20).parallel().mapToObj(n -> engine.logOn(ceremony, answer)))
                .filteredOn(Accepted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void anAnswerWithoutItsSealedCeremonyIsUnknown() {
        BegunCeremony ceremony = engine.beginLogon("");
        CeremonyAnswer alone = new CeremonyAnswer(assertion(ceremony, device), Map.of());

        LogonResult result = engine.runtime()
                .authentication()
                .authenticate(new LogonRequest.Assertion(alone, new Client("192.0.2.7", "")));

        assertThat(result).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.counter().statements()).isEmpty();
    }

    @Test
    void t35_anAnswerAfterTheTimeoutIsUnknown() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.clock().advance(EngineUnderTest.TIMEOUT);
        engine.counter().reset();

        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.counter().statements()).isEmpty();
    }

    @Test
    void t37_anAccountThatWasLockedMeanwhileIsRefusedAndTheCeremonySpent() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.lock(ALICE, true);
        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));

        engine.lock(ALICE, false);
        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.CEREMONY_SPENT));
        assertThat(engine.logOn(engine.beginLogon(""), device)).isInstanceOf(Accepted.class);
    }

    @Test
    void t37_anAccountThatWasRemovedMeanwhileIsRefused() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.remove(ALICE);

        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNKNOWN));
    }

    @Test
    void t110_thePasskeyOfAnAccountWhoseNameAnotherGotIsRefused() {
        engine.runtime().sessions().endAll(engine.caller(new Account(ALICE.name(), "heir"), LogonMethod.PASSKEY));

        assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.QUARANTINED));
    }

    @Test
    void t37_theSignatureComesBeforeTheDirectory() {
        engine.lock(ALICE, true);
        BegunCeremony ceremony = engine.beginLogon("");

        assertThat(engine.logOn(ceremony, assertion(ceremony, device.lying().signedByAnotherKey())))
                .as("nobody learns of the lock without the passkey")
                .isEqualTo(new Rejected(Rejection.SIGNATURE));
    }

    @Test
    void t38_passkeysSwitchedOffElsewhereMeanwhileAreRefusedAtOnce() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.allowPasskeys(false);
        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.PASSKEYS_OFF));

        engine.allowPasskeys(true);
        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.CEREMONY_SPENT));
    }

    @Test
    void theTypedNameMustBeTheOwnersAndIsToldOnlyAfterAFullyVerifiedPasskey() {
        BegunCeremony known = engine.beginLogon(BOB.name());
        BegunCeremony unknown = engine.beginLogon("nobody");

        assertThat(engine.logOn(known, device)).isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
        assertThat(engine.logOn(unknown, device)).isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
        assertThat(engine.logOn(known, device)).isEqualTo(new Rejected(Rejection.CEREMONY_SPENT));

        BegunCeremony forged = engine.beginLogon(BOB.name());
        assertThat(engine.logOn(forged, assertion(forged, device.lying().signedByAnotherKey())))
                .isEqualTo(new Rejected(Rejection.SIGNATURE));
        assertThat(engine.logOn(engine.beginLogon(ALICE.name()), device)).isInstanceOf(Accepted.class);
    }

    @Test
    void aCounterThatDoesNotMoveForwardSpendsTheCeremonyToo() {
        assertThat(engine.logOn(engine.beginLogon(""), device)).isInstanceOf(Accepted.class);
        BegunCeremony ceremony = engine.beginLogon("");

        assertThat(engine.logOn(ceremony, assertion(ceremony, device.lying().withCounter(1))))
                .isEqualTo(new Rejected(Rejection.COUNTER));
        assertThat(engine.logOn(ceremony, device)).isEqualTo(new Rejected(Rejection.CEREMONY_SPENT));
    }

    @Test
    void aPasskeyThatWasDeletedHereMayBeForgottenByItsDevice() {
        String key = new CredentialId(device.newest().id()).key();
        assertThat(engine.runtime().passkeys().delete(engine.caller(ALICE, LogonMethod.PASSKEY), key))
                .isEmpty();

        assertThat(engine.logOn(engine.beginLogon(""), device)).isEqualTo(new Rejected(Rejection.CREDENTIAL_REMOVED));
    }
}
