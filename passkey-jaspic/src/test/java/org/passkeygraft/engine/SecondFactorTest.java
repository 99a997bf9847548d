package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Half a logon, and what makes a whole one of it. */
final class SecondFactorTest {
    private static final PasskeyPolicy WHEN_BOUND =
            PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND);
    private static final PasskeyPolicy REQUIRED = PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.REQUIRED);
    private static final PasskeyPolicy PASSKEY_DEMANDED =
            PasskeyPolicy.STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY);
    private static final PasskeyPolicy PASSWORD_AFTERWARDS =
            PasskeyPolicy.STANDARD.withSecondFactor(new SecondFactorPolicy(SecondFactorRule.OFF, Map.of(), true));

    private final HalfLogonSteps steps = new HalfLogonSteps(TestDatabase.H2);
    private final EngineUnderTest engine = steps.engine;
    private final Account carol = steps.carol;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();

    @AfterEach
    void close() {
        steps.close();
    }

    @Test
    void aRightPasswordIsEnoughWhereNobodySaysOtherwise() {
        engine.bindFirst(carol, device);

        assertThat(steps.logOn()).isInstanceOf(Accepted.class);
    }

    @Test
    void t40_aRightPasswordIsHalfALogonOfWhoHasAPasskey() {
        engine.changePolicy(WHEN_BOUND);
        assertThat(steps.logOn()).as("without a passkey").isInstanceOf(Accepted.class);
        engine.bindFirst(carol, device);

        assertThat(steps.logOn()).isInstanceOfSatisfying(SecondFactorRequired.class, half -> {
            assertThat(half.account()).isEqualTo(carol);
            assertThat(half.shown()).isEqualTo(LogonMethod.PASSWORD);
            assertThat(half.toString()).doesNotContain(half.pass());
        });
        assertThat(engine.logOn("carol", "wrong")).isEqualTo(new Rejected(Rejection.PASSWORD));
    }

    @Test
    void thePasskeyBesideThePasswordMakesTheLogon() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();

        assertThat(steps.secondFactor().state(pass)).hasValueSatisfying(state -> {
            assertThat(state.mustBind()).isFalse();
            assertThat(state.ways()).containsExactly(LogonMethod.PASSKEY);
        });
        LogonResult result = steps.end(pass, steps.begin(pass), device);

        // The options did not ask the device to verify its user.
        assertThat(result)
                .isEqualTo(new Accepted(
                        carol, Set.of("staff"), Set.of(LogonMethod.PASSWORD, LogonMethod.SECURITY_KEY), 0));
        assertThat(steps.secondFactor().state(pass)).as("used up").isEmpty();
        assertThat(steps.end(pass, steps.begin(steps.pass()), device)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    /** As Safari writes it for a security key that was listed; and as clients write that know no extensions. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "response.userHandle, ``",
                "response.userHandle, null",
                "clientExtensionResults, null",
                "clientExtensionResults, {}"
            })
    void anEmptyMemberThatIsNotNeededIsAbsent(String member, String value) throws Exception {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        String answer = device.lying()
                .withMember(member, value.isEmpty() ? "\"\"" : value)
                .get(ceremony.optionsJson(), EngineUnderTest.ORIGIN);

        assertThat(steps.end(pass, ceremony, answer)).isInstanceOf(Accepted.class);
    }

    @Test
    void t36_aMadeUpOrExpiredPassCostsNoStatement() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String expired = steps.pass();
        engine.clock().advance(Duration.ofMinutes(5));
        String target = engine.runtime().targets().seal("/" + "A".repeat(43));
        engine.counter().reset();

        for (String pass : List.of(expired, target, "A".repeat(43), "A".repeat(200), "")) {
            assertThat(steps.secondFactor().state(pass)).isEmpty();
            assertThat(steps.secondFactor().begin(pass, EngineUnderTest.CLIENT))
                    .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
            assertThat(steps.secondFactor().byCode(pass, "123456", EngineUnderTest.CLIENT))
                    .isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
            steps.secondFactor().cancel(pass);
        }
        assertThat(engine.counter().statements()).isEmpty();
    }

    @Test
    void t44_aRightPasswordThatIsWorthNothingStaysCounted() {
        try (EngineUnderTest strict = EngineUnderTest.throttled(TestDatabase.H2)) {
            Account erin = strict.addAccount("erin", "MD5:21232f297a57a5a743894a0e4a801fc3");
            strict.bindFirst(erin, device);
            strict.changePolicy(PASSKEY_DEMANDED);

            for (int attempt = 0; attempt < 5; attempt++) {
                assertThat(strict.logOn("erin", "admin")).isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
            }
            assertThat(strict.logOn("erin", "admin")).isInstanceOf(Throttled.class);
        }
    }

    @Test
    void aDeviceThatVerifiesItsUserAllTheSameShowsAPasskey() throws Exception {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        String options = ceremony.optionsJson().replace("\"discouraged\"", "\"required\"");

        assertThat(steps.end(pass, ceremony, device.get(options, EngineUnderTest.ORIGIN)))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        logon -> assertThat(logon.methods())
                                .containsExactlyInAnyOrder(LogonMethod.PASSWORD, LogonMethod.PASSKEY));
    }

    @Test
    void aKeyWithoutUserVerificationServesHereAndOnlyHere() throws Exception {
        engine.changePolicy(WHEN_BOUND);
        SoftwareAuthenticator key = HalfLogonSteps.olderKey();
        engine.bindFirst(carol, key, PasskeyUse.SECOND_FACTOR);
        String pass = steps.pass();

        assertThat(steps.secondFactor().state(pass))
                .hasValueSatisfying(state -> assertThat(state.ways()).containsExactly(LogonMethod.SECURITY_KEY));
        BegunCeremony ceremony = steps.begin(pass);
        assertThat(steps.end(pass, ceremony, key.get(ceremony.optionsJson(), EngineUnderTest.ORIGIN)))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        logon -> assertThat(logon.methods())
                                .containsExactlyInAnyOrder(LogonMethod.PASSWORD, LogonMethod.SECURITY_KEY));

        BegunCeremony logon = engine.beginLogon("");
        String listed = HalfLogonSteps.listing(logon.optionsJson(), key).replace("\"required\"", "\"discouraged\"");
        assertThat(engine.logOn(logon, HalfLogonSteps.utf8(key.get(listed, EngineUnderTest.ORIGIN))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void t33_aKeyForTheSecondFactorIsNoLogonEvenIfItsUserIsVerified() {
        engine.bindFirst(carol, device, PasskeyUse.SECOND_FACTOR);

        BegunCeremony logon = engine.beginLogon("");
        Bytes answer = device.lying()
                .withUserHandle(device.newest().userHandle())
                .getBytes(HalfLogonSteps.listing(logon.optionsJson(), device), EngineUnderTest.ORIGIN);

        assertThat(engine.logOn(logon, answer)).isEqualTo(new Rejected(Rejection.CREDENTIAL_USE));
    }

    @Test
    void t33_aLogonsChallengeIsNoSecondFactorsNorTheOtherWayRound() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony logon = engine.beginLogon("carol");
        BegunCeremony second = steps.begin(pass);

        assertThat(steps.end(pass, logon, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.logOn(second, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.runtime()
                        .confirmation()
                        .confirm(
                                carol,
                                new LogonRequest.Assertion(
                                        EngineUnderTest.answer(second, EngineUnderTest.assertion(second, device)),
                                        EngineUnderTest.CLIENT)))
                .isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(steps.end(pass, second, device)).isInstanceOf(Accepted.class);
    }

    @Test
    void t41_withoutARightPasswordThereIsNoSecondFactor() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BegunCeremony ceremony = steps.begin(steps.pass());

        for (String none : List.of("", "x", "A".repeat(43), "\0")) {
            assertThat(steps.secondFactor().state(none)).isEmpty();
            assertThat(steps.secondFactor().begin(none, EngineUnderTest.CLIENT))
                    .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
            assertThat(steps.end(none, ceremony, device)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
            assertThat(steps.secondFactor()
                            .beginBinding(none, new PasskeyName("x"), PasskeyUse.LOGON, EngineUnderTest.CLIENT))
                    .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
        }
    }

    @Test
    void t41_optionsOfOneRightPasswordAreNothingAfterAnother() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BegunCeremony older = steps.begin(steps.pass());
        String newer = steps.pass();

        assertThat(steps.end(newer, older, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(steps.end(newer, steps.begin(newer), device)).isInstanceOf(Accepted.class);
    }

    @Test
    void t21_anotherUsersPasskeyIsNoSecondFactorAndCostsNoHalf() throws Exception {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        SoftwareAuthenticator bobs = SoftwareAuthenticator.securityKey();
        engine.bindFirst(EngineUnderTest.BOB, bobs);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        String options = ceremony.optionsJson()
                .replace(device.newest().id().base64url(), bobs.newest().id().base64url());

        assertThat(steps.end(pass, ceremony, bobs.get(options, EngineUnderTest.ORIGIN)))
                .isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
        assertThat(steps.end(pass, steps.begin(pass), device))
                .as("the half still holds")
                .isInstanceOf(Accepted.class);
    }

    @Test
    void t41_theHalfOfOneIsNothingForTheOptionsOfAnother() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        SoftwareAuthenticator daves = SoftwareAuthenticator.securityKey();
        engine.bindFirst(Account.named("dave"), daves);
        String davesPass = ((SecondFactorRequired) engine.logOn("dave", HalfLogonSteps.PASSWORD)).pass();

        assertThat(steps.end(davesPass, steps.begin(steps.pass()), device)).isInstanceOf(Rejected.class);
        assertThat(steps.secondFactor().state(davesPass)).isPresent();
    }

    @Test
    void aHalfLivesFiveMinutes() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        engine.clock().advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(steps.secondFactor().state(pass)).isPresent();

        engine.clock().advance(Duration.ofMillis(1));

        assertThat(steps.secondFactor().state(pass)).isEmpty();
        assertThat(steps.end(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void t37_anAccountThatWasLockedMeanwhileIsRefused() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        engine.lock(carol, true);

        assertThat(steps.end(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
    }

    @Test
    void t37_aLockedAccountUsesNoCodeUp() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BackupManagement backup = engine.runtime().backup();
        List<String> codes = backup.newRecoveryCodes(engine.caller(carol, LogonMethod.PASSKEY))
                .passed()
                .orElseThrow();
        String pass = steps.pass();
        engine.lock(carol, true);

        assertThat(steps.secondFactor().byCode(pass, codes.get(0), EngineUnderTest.CLIENT))
                .isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        assertThat(backup.of(carol, "").recoveryCodes()).isEqualTo(codes.size());
    }

    @Test
    void t38_passkeysSwitchedOffMeanwhileAreNoSecondFactor() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        engine.allowPasskeys(false);

        assertThat(steps.end(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.PASSKEYS_OFF));
    }

    @Test
    void aHalfFromBeforeTheSessionsWereEndedIsNone() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BegunCeremony another = engine.beginBinding(carol, LogonMethod.PASSKEY, "Second");
        engine.bind(carol, LogonMethod.PASSKEY, another, SoftwareAuthenticator.synced());
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);
        String second = engine.runtime().passkeys().list(carol).passkeys().stream()
                .map(passkey -> passkey.id().key())
                .filter(key -> !key.equals(device.newest().id().sha256().base64url()))
                .findFirst()
                .orElseThrow();

        assertThat(engine.runtime().passkeys().delete(engine.caller(carol, LogonMethod.PASSKEY), second))
                .isEmpty();

        assertThat(steps.secondFactor().state(pass)).isEmpty();
        assertThat(steps.end(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.SESSIONS_ENDED));
    }

    @Test
    void t42_aHalfGivenUpIsNone() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.begin(pass);

        steps.secondFactor().cancel(pass);

        assertThat(steps.end(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void t42_aClientThatCanShowNothingFurtherIsRefused() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);

        assertThat(engine.runtime()
                        .authentication()
                        .authenticateRequest(new LogonRequest.Password(
                                "carol", HalfLogonSteps.PASSWORD.toCharArray(), EngineUnderTest.CLIENT)))
                .isEqualTo(new Rejected(Rejection.SECOND_FACTOR_DUE));
    }

    @Test
    void t43_whoNeedsAPasskeyAndHasNoneBindsOneFirst() {
        engine.changePolicy(REQUIRED);
        String pass = steps.pass();

        assertThat(steps.secondFactor().state(pass)).hasValueSatisfying(state -> {
            assertThat(state.mustBind()).isTrue();
            assertThat(state.ways()).isEmpty();
        });
        assertThat(steps.secondFactor().begin(pass, EngineUnderTest.CLIENT)).isInstanceOf(CeremonyStart.Refused.class);

        assertThat(steps.bind(pass, steps.beginBinding(pass), device))
                .isEqualTo(new Accepted(carol, Set.of("staff"), Set.of(LogonMethod.PASSWORD, LogonMethod.PASSKEY), 0));
        String next = steps.pass();
        assertThat(steps.end(next, steps.begin(next), device)).isInstanceOf(Accepted.class);
    }

    @Test
    void t43_bindingFirstTakesAPasswordOfTheLastFiveMinutes() {
        engine.changePolicy(REQUIRED);
        String pass = steps.pass();
        BegunCeremony ceremony = steps.beginBinding(pass);
        engine.clock().advance(Duration.ofMinutes(5));

        assertThat(steps.bind(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).isEmpty();
    }

    @Test
    void t43_bindingFirstBelongsToTheHalfItWasBegunIn() {
        engine.changePolicy(REQUIRED);
        BegunCeremony older = steps.beginBinding(steps.pass());

        assertThat(steps.bind(steps.pass(), older, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.bind(carol, LogonMethod.PASSWORD, older, device))
                .isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).isEmpty();
    }

    @Test
    void t119_whoHasAPasskeyBindsNoneByPassword() {
        engine.changePolicy(REQUIRED);
        String first = steps.pass();
        String second = steps.pass();
        BegunCeremony open = steps.beginBinding(second);
        steps.bind(first, steps.beginBinding(first), device);

        assertThat(steps.bind(second, open, SoftwareAuthenticator.synced()))
                .isEqualTo(new Rejected(Rejection.CONFIRMATION_REQUIRED));
        assertThat(steps.secondFactor()
                        .beginBinding(second, new PasskeyName("Thief's"), PasskeyUse.LOGON, EngineUnderTest.CLIENT))
                .isEqualTo(new CeremonyStart.Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).hasSize(1);
    }

    @Test
    void t44_aPasswordIsRefusedWhereThePasskeyIsDemanded() {
        engine.changePolicy(PASSKEY_DEMANDED);
        assertThat(steps.logOn()).as("to bind one").isInstanceOf(Accepted.class);
        engine.bindFirst(carol, device);

        assertThat(steps.logOn()).isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
        assertThat(engine.runtime()
                        .authentication()
                        .authenticateRequest(new LogonRequest.Password(
                                "carol", HalfLogonSteps.PASSWORD.toCharArray(), EngineUnderTest.CLIENT)))
                .isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
        assertThat(engine.logOn(device)).isInstanceOf(Accepted.class);
    }

    @Test
    void t44_whoHasAnOlderKeyOnlyIsAskedForIt() {
        engine.changePolicy(PASSKEY_DEMANDED);
        engine.bindFirst(carol, HalfLogonSteps.olderKey(), PasskeyUse.SECOND_FACTOR);

        assertThat(steps.logOn()).isInstanceOf(SecondFactorRequired.class);
    }

    @Test
    void t44_aHalfFromBeforeThePasskeyWasDemandedNeedsThePasskeyItself() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = steps.pass();
        engine.changePolicy(PASSKEY_DEMANDED);

        assertThat(steps.end(pass, steps.begin(pass), device)).isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
    }

    @Test
    void thePasswordCanBeAskedForAfterThePasskey() {
        engine.changePolicy(PASSWORD_AFTERWARDS);
        engine.bindFirst(carol, device);
        LogonResult half = engine.logOn(device);
        assertThat(half).isInstanceOf(SecondFactorRequired.class);
        String pass = ((SecondFactorRequired) half).pass();

        assertThat(steps.secondFactor().state(pass))
                .hasValueSatisfying(state -> assertThat(state.ways()).containsExactly(LogonMethod.PASSWORD));
        assertThat(steps.secondFactor().begin(pass, EngineUnderTest.CLIENT))
                .as("another passkey is no other factor")
                .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
        assertThat(steps.byPassword(pass, "wrong")).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(steps.byPassword(pass, HalfLogonSteps.PASSWORD))
                .isEqualTo(new Accepted(carol, Set.of("staff"), Set.of(LogonMethod.PASSWORD, LogonMethod.PASSKEY), 0));
        assertThat(steps.byPassword(pass, HalfLogonSteps.PASSWORD)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void t118_wrongPasswordsPouredAtANameDoNotDelayTheOneBesideAPasskey() {
        try (HalfLogonSteps throttled = new HalfLogonSteps(EngineUnderTest.throttled(TestDatabase.H2))) {
            throttled.engine.changePolicy(PASSWORD_AFTERWARDS);
            throttled.engine.bindFirst(throttled.carol, device);
            for (int thief = 1; thief <= 20; thief++) {
                throttled.engine.runtime().authentication().authenticate(wrong("198.51.100." + thief));
            }
            assertThat(throttled.logOn()).isInstanceOf(Throttled.class);

            String pass = ((SecondFactorRequired) throttled.engine.logOn(device)).pass();

            assertThat(throttled.byPassword(pass, HalfLogonSteps.PASSWORD)).isInstanceOf(Accepted.class);
        }
    }

    private static LogonRequest wrong(String address) {
        return new LogonRequest.Password("carol", "wrong".toCharArray(), new Client(address, "test"));
    }

    @Test
    void thePasswordBesideAPasskeyIsGuessedNoFasterThanAnother() {
        try (HalfLogonSteps throttled = new HalfLogonSteps(EngineUnderTest.throttled(TestDatabase.H2))) {
            throttled.engine.changePolicy(PASSWORD_AFTERWARDS);
            throttled.engine.bindFirst(throttled.carol, device);
            String pass = ((SecondFactorRequired) throttled.engine.logOn(device)).pass();

            for (int guess = 1; guess <= 5; guess++) {
                assertThat(throttled.byPassword(pass, "wrong")).isEqualTo(new Rejected(Rejection.PASSWORD));
            }
            assertThat(throttled.byPassword(pass, HalfLogonSteps.PASSWORD)).isInstanceOf(Throttled.class);
            throttled.engine.clock().advance(Duration.ofSeconds(2));
            assertThat(throttled.byPassword(pass, HalfLogonSteps.PASSWORD)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void t50_theLastPasskeyStaysWhereOneIsNeeded() {
        engine.bindFirst(carol, device);
        String only = device.newest().id().sha256().base64url();
        for (PasskeyPolicy policy : List.of(REQUIRED, PASSKEY_DEMANDED)) {
            engine.changePolicy(policy);
            assertThat(steps.delete(only)).contains(Rejection.LAST_PASSKEY);
        }
        assertThat(steps.delete("A".repeat(43))).contains(Rejection.CREDENTIAL_UNKNOWN);
        engine.changePolicy(WHEN_BOUND);
        assertThat(steps.delete(only)).isEmpty();
    }
}
