package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Half a logon, and what makes a whole one of it. */
@ParameterizedClass
@EnumSource
final class SecondFactorTest {
    private static final String PASSWORD = "admin";
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final PasskeyPolicy WHEN_BOUND =
            PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND);
    private static final PasskeyPolicy REQUIRED = PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.REQUIRED);
    private static final PasskeyPolicy PASSKEY_DEMANDED =
            PasskeyPolicy.STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY);

    private final EngineUnderTest engine;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
    private Account carol = Account.named("carol");

    SecondFactorTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
    }

    @BeforeEach
    void addAccounts() {
        carol = engine.addAccount("carol", HASH);
        engine.addAccount("dave", HASH);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aRightPasswordIsEnoughWhereNobodySaysOtherwise() {
        engine.bindFirst(carol, device);

        assertThat(logOn()).isInstanceOf(Accepted.class);
    }

    @Test
    void t40_aRightPasswordIsHalfALogonOfWhoHasAPasskey() {
        engine.changePolicy(WHEN_BOUND);
        assertThat(logOn()).as("without a passkey").isInstanceOf(Accepted.class);
        engine.bindFirst(carol, device);

        assertThat(logOn()).isInstanceOfSatisfying(SecondFactorRequired.class, half -> {
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
        String pass = pass();

        assertThat(secondFactor().state(pass)).hasValueSatisfying(state -> {
            assertThat(state.mustBind()).isFalse();
            assertThat(state.ways()).containsExactly(LogonMethod.PASSKEY);
        });
        LogonResult result = end(pass, begin(pass));

        // The options did not ask the device to verify its user.
        assertThat(result)
                .isEqualTo(new Accepted(
                        carol, Set.of("staff"), Set.of(LogonMethod.PASSWORD, LogonMethod.SECURITY_KEY), 0));
        assertThat(secondFactor().state(pass)).as("used up").isEmpty();
        assertThat(end(pass, begin(pass()))).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void aDeviceThatVerifiesItsUserAllTheSameShowsAPasskey() throws Exception {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        BegunCeremony ceremony = begin(pass);
        String options = ceremony.optionsJson().replace("\"discouraged\"", "\"required\"");

        assertThat(end(pass, ceremony, device.get(options, EngineUnderTest.ORIGIN)))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        logon -> assertThat(logon.methods())
                                .containsExactlyInAnyOrder(LogonMethod.PASSWORD, LogonMethod.PASSKEY));
    }

    @Test
    void aKeyWithoutUserVerificationServesHereAndOnlyHere() throws Exception {
        engine.changePolicy(WHEN_BOUND);
        SoftwareAuthenticator key = olderKey();
        engine.bindFirst(carol, key, PasskeyUse.SECOND_FACTOR);
        String pass = pass();

        assertThat(secondFactor().state(pass))
                .hasValueSatisfying(state -> assertThat(state.ways()).containsExactly(LogonMethod.SECURITY_KEY));
        BegunCeremony ceremony = begin(pass);
        assertThat(end(pass, ceremony, key.get(ceremony.optionsJson(), EngineUnderTest.ORIGIN)))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        logon -> assertThat(logon.methods())
                                .containsExactlyInAnyOrder(LogonMethod.PASSWORD, LogonMethod.SECURITY_KEY));

        BegunCeremony logon = engine.beginLogon("");
        String listed = listing(logon.optionsJson(), key).replace("\"required\"", "\"discouraged\"");
        assertThat(engine.logOn(logon, utf8(key.get(listed, EngineUnderTest.ORIGIN))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void t33_aKeyForTheSecondFactorIsNoLogonEvenIfItsUserIsVerified() {
        engine.bindFirst(carol, device, PasskeyUse.SECOND_FACTOR);

        BegunCeremony logon = engine.beginLogon("");
        Bytes answer = device.lying()
                .withUserHandle(device.newest().userHandle())
                .getBytes(listing(logon.optionsJson(), device), EngineUnderTest.ORIGIN);

        assertThat(engine.logOn(logon, answer)).isEqualTo(new Rejected(Rejection.CREDENTIAL_USE));
    }

    @Test
    void t33_aLogonsChallengeIsNoSecondFactorsNorTheOtherWayRound() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        BegunCeremony logon = engine.beginLogon("carol");
        BegunCeremony second = begin(pass);

        assertThat(end(pass, logon)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.logOn(second, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.runtime()
                        .confirmation()
                        .confirm(
                                carol,
                                new LogonRequest.Assertion(
                                        EngineUnderTest.answer(second, EngineUnderTest.assertion(second, device)),
                                        EngineUnderTest.CLIENT)))
                .isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(end(pass, second)).isInstanceOf(Accepted.class);
    }

    @Test
    void t41_withoutARightPasswordThereIsNoSecondFactor() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BegunCeremony ceremony = begin(pass());

        for (String none : List.of("", "x", "A".repeat(43), "\0")) {
            assertThat(secondFactor().state(none)).isEmpty();
            assertThat(secondFactor().begin(none, EngineUnderTest.CLIENT))
                    .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
            assertThat(end(none, ceremony)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
            assertThat(secondFactor()
                            .beginBinding(none, new PasskeyName("x"), PasskeyUse.LOGON, EngineUnderTest.CLIENT))
                    .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
        }
    }

    @Test
    void t41_optionsOfOneRightPasswordAreNothingAfterAnother() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BegunCeremony older = begin(pass());
        String newer = pass();

        assertThat(end(newer, older)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(end(newer, begin(newer))).isInstanceOf(Accepted.class);
    }

    @Test
    void t21_anotherUsersPasskeyIsNoSecondFactorAndCostsNoHalf() throws Exception {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        SoftwareAuthenticator bobs = SoftwareAuthenticator.securityKey();
        engine.bindFirst(EngineUnderTest.BOB, bobs);
        String pass = pass();
        BegunCeremony ceremony = begin(pass);
        String options = ceremony.optionsJson()
                .replace(device.newest().id().base64url(), bobs.newest().id().base64url());

        assertThat(end(pass, ceremony, bobs.get(options, EngineUnderTest.ORIGIN)))
                .isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
        assertThat(end(pass, begin(pass))).as("the half still holds").isInstanceOf(Accepted.class);
    }

    @Test
    void t41_theHalfOfOneIsNothingForTheOptionsOfAnother() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        SoftwareAuthenticator daves = SoftwareAuthenticator.securityKey();
        engine.bindFirst(Account.named("dave"), daves);
        String davesPass = ((SecondFactorRequired) engine.logOn("dave", PASSWORD)).pass();

        assertThat(end(davesPass, begin(pass()))).isInstanceOf(Rejected.class);
        assertThat(secondFactor().state(davesPass)).isPresent();
    }

    @Test
    void t31_ofManyAnswersAtOnceWithOneHalfOneLogsOn() {
        engine.changePolicy(WHEN_BOUND);
        SoftwareAuthenticator synced = SoftwareAuthenticator.synced();
        engine.bindFirst(carol, synced);
        String pass = pass();
        List<BegunCeremony> ceremonies = AtOnce.run(8, index -> begin(pass));

        List<LogonResult> results = AtOnce.run(
                8,
                index -> secondFactor()
                        .end(
                                pass,
                                EngineUnderTest.answer(
                                        ceremonies.get(index),
                                        EngineUnderTest.assertion(ceremonies.get(index), synced)),
                                EngineUnderTest.CLIENT));

        assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(1);
    }

    @Test
    void aHalfLivesFiveMinutes() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        BegunCeremony ceremony = begin(pass);
        engine.clock().advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(secondFactor().state(pass)).isPresent();

        engine.clock().advance(Duration.ofMillis(1));

        assertThat(secondFactor().state(pass)).isEmpty();
        assertThat(end(pass, ceremony)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void t37_anAccountThatWasLockedMeanwhileIsRefused() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        BegunCeremony ceremony = begin(pass);
        engine.lock(carol, true);

        assertThat(end(pass, ceremony)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
    }

    @Test
    void t38_passkeysSwitchedOffMeanwhileAreNoSecondFactor() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        BegunCeremony ceremony = begin(pass);
        engine.allowPasskeys(false);

        assertThat(end(pass, ceremony)).isEqualTo(new Rejected(Rejection.PASSKEYS_OFF));
    }

    @Test
    void aHalfFromBeforeTheSessionsWereEndedIsNone() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        BegunCeremony another = engine.beginBinding(carol, LogonMethod.PASSKEY, "Second");
        engine.bind(carol, LogonMethod.PASSKEY, another, SoftwareAuthenticator.synced());
        String pass = pass();
        BegunCeremony ceremony = begin(pass);
        String second = engine.runtime().passkeys().list(carol).passkeys().stream()
                .map(passkey -> passkey.id().key())
                .filter(key -> !key.equals(device.newest().id().sha256().base64url()))
                .findFirst()
                .orElseThrow();

        assertThat(engine.runtime().passkeys().delete(engine.caller(carol, LogonMethod.PASSKEY), second))
                .isEmpty();

        assertThat(secondFactor().state(pass)).isEmpty();
        assertThat(end(pass, ceremony)).isEqualTo(new Rejected(Rejection.SESSIONS_ENDED));
    }

    @Test
    void t42_aHalfGivenUpIsNone() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        BegunCeremony ceremony = begin(pass);

        secondFactor().cancel(pass);

        assertThat(end(pass, ceremony)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void t42_aClientThatCanShowNothingFurtherIsRefused() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);

        assertThat(engine.runtime()
                        .authentication()
                        .authenticateRequest(
                                new LogonRequest.Password("carol", PASSWORD.toCharArray(), EngineUnderTest.CLIENT)))
                .isEqualTo(new Rejected(Rejection.SECOND_FACTOR_DUE));
    }

    @Test
    void t43_whoNeedsAPasskeyAndHasNoneBindsOneFirst() {
        engine.changePolicy(REQUIRED);
        String pass = pass();

        assertThat(secondFactor().state(pass)).hasValueSatisfying(state -> {
            assertThat(state.mustBind()).isTrue();
            assertThat(state.ways()).isEmpty();
        });
        assertThat(secondFactor().begin(pass, EngineUnderTest.CLIENT)).isInstanceOf(CeremonyStart.Refused.class);

        assertThat(bind(pass, beginBinding(pass), device))
                .isEqualTo(new Accepted(carol, Set.of("staff"), Set.of(LogonMethod.PASSWORD, LogonMethod.PASSKEY), 0));
        String next = pass();
        assertThat(end(next, begin(next))).isInstanceOf(Accepted.class);
    }

    @Test
    void t43_bindingFirstTakesAPasswordOfTheLastFiveMinutes() {
        engine.changePolicy(REQUIRED);
        String pass = pass();
        BegunCeremony ceremony = beginBinding(pass);
        engine.clock().advance(Duration.ofMinutes(5));

        assertThat(bind(pass, ceremony, device)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).isEmpty();
    }

    @Test
    void t43_bindingFirstBelongsToTheHalfItWasBegunIn() {
        engine.changePolicy(REQUIRED);
        BegunCeremony older = beginBinding(pass());

        assertThat(bind(pass(), older, device)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.bind(carol, LogonMethod.PASSWORD, older, device))
                .isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).isEmpty();
    }

    @Test
    void t119_whoHasAPasskeyBindsNoneByPassword() {
        engine.changePolicy(REQUIRED);
        String first = pass();
        String second = pass();
        BegunCeremony open = beginBinding(second);
        bind(first, beginBinding(first), device);

        assertThat(bind(second, open, SoftwareAuthenticator.synced()))
                .isEqualTo(new Rejected(Rejection.CONFIRMATION_REQUIRED));
        assertThat(secondFactor()
                        .beginBinding(second, new PasskeyName("Thief's"), PasskeyUse.LOGON, EngineUnderTest.CLIENT))
                .isEqualTo(new CeremonyStart.Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).hasSize(1);
    }

    @Test
    void t119_ofManyBoundAtOnceByPasswordOneStays() {
        engine.changePolicy(REQUIRED);
        List<String> passes = AtOnce.run(6, index -> pass());
        List<BegunCeremony> ceremonies = passes.stream().map(this::beginBinding).toList();

        AtOnce.run(6, index -> bind(passes.get(index), ceremonies.get(index), SoftwareAuthenticator.synced()));

        assertThat(engine.runtime().passkeys().list(carol).passkeys()).hasSize(1);
    }

    @Test
    void t44_aPasswordIsRefusedWhereThePasskeyIsDemanded() {
        engine.changePolicy(PASSKEY_DEMANDED);
        assertThat(logOn()).as("to bind one").isInstanceOf(Accepted.class);
        engine.bindFirst(carol, device);

        assertThat(logOn()).isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
        assertThat(engine.runtime()
                        .authentication()
                        .authenticateRequest(
                                new LogonRequest.Password("carol", PASSWORD.toCharArray(), EngineUnderTest.CLIENT)))
                .isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
        assertThat(engine.logOn(device)).isInstanceOf(Accepted.class);
    }

    @Test
    void t44_whoHasAnOlderKeyOnlyIsAskedForIt() {
        engine.changePolicy(PASSKEY_DEMANDED);
        engine.bindFirst(carol, olderKey(), PasskeyUse.SECOND_FACTOR);

        assertThat(logOn()).isInstanceOf(SecondFactorRequired.class);
    }

    @Test
    void t44_aHalfFromBeforeThePasskeyWasDemandedNeedsThePasskeyItself() {
        engine.changePolicy(WHEN_BOUND);
        engine.bindFirst(carol, device);
        String pass = pass();
        engine.changePolicy(PASSKEY_DEMANDED);

        assertThat(end(pass, begin(pass))).isEqualTo(new Rejected(Rejection.PASSWORD_NOT_ALLOWED));
    }

    @Test
    void thePasswordCanBeAskedForAfterThePasskey() {
        engine.changePolicy(
                PasskeyPolicy.STANDARD.withSecondFactor(new SecondFactorPolicy(SecondFactorRule.OFF, Map.of(), true)));
        engine.bindFirst(carol, device);
        LogonResult half = engine.logOn(device);
        assertThat(half).isInstanceOf(SecondFactorRequired.class);
        String pass = ((SecondFactorRequired) half).pass();

        assertThat(secondFactor().state(pass))
                .hasValueSatisfying(state -> assertThat(state.ways()).containsExactly(LogonMethod.PASSWORD));
        assertThat(secondFactor().begin(pass, EngineUnderTest.CLIENT))
                .as("another passkey is no other factor")
                .isEqualTo(new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
        assertThat(byPassword(pass, "wrong")).isEqualTo(new Rejected(Rejection.PASSWORD));
        assertThat(byPassword(pass, PASSWORD))
                .isEqualTo(new Accepted(carol, Set.of("staff"), Set.of(LogonMethod.PASSWORD, LogonMethod.PASSKEY), 0));
        assertThat(byPassword(pass, PASSWORD)).isEqualTo(new Rejected(Rejection.FIRST_FACTOR));
    }

    @Test
    void t50_theLastPasskeyStaysWhereOneIsNeeded() {
        engine.bindFirst(carol, device);
        String only = device.newest().id().sha256().base64url();
        for (PasskeyPolicy policy : List.of(REQUIRED, PASSKEY_DEMANDED)) {
            engine.changePolicy(policy);
            assertThat(delete(only)).contains(Rejection.LAST_PASSKEY);
        }
        assertThat(delete("A".repeat(43))).contains(Rejection.CREDENTIAL_UNKNOWN);
        engine.changePolicy(WHEN_BOUND);
        assertThat(delete(only)).isEmpty();
    }

    @Test
    void t50_ofTheLastTwoDeletedAtOnceOneStays() {
        engine.changePolicy(REQUIRED);
        engine.bindFirst(carol, device);
        SoftwareAuthenticator other = SoftwareAuthenticator.synced();
        engine.bind(carol, LogonMethod.PASSKEY, engine.beginBinding(carol, LogonMethod.PASSKEY, "Second"), other);
        List<String> keys = List.of(
                device.newest().id().sha256().base64url(),
                other.newest().id().sha256().base64url());

        AtOnce.run(2, index -> delete(keys.get(index)));

        assertThat(engine.runtime().passkeys().list(carol).passkeys()).hasSize(1);
    }

    private Optional<Rejection> delete(String key) {
        return engine.runtime().passkeys().delete(engine.caller(carol, LogonMethod.PASSKEY), key);
    }

    private SecondFactor secondFactor() {
        return engine.runtime().secondFactor();
    }

    private LogonResult logOn() {
        return engine.logOn("carol", PASSWORD);
    }

    /** Of a right password. */
    private String pass() {
        return ((SecondFactorRequired) logOn()).pass();
    }

    private BegunCeremony begin(String pass) {
        return EngineUnderTest.begun(secondFactor().begin(pass, EngineUnderTest.CLIENT));
    }

    private LogonResult end(String pass, BegunCeremony ceremony) {
        return secondFactor()
                .end(
                        pass,
                        EngineUnderTest.answer(ceremony, EngineUnderTest.assertion(ceremony, device)),
                        EngineUnderTest.CLIENT);
    }

    private LogonResult end(String pass, BegunCeremony ceremony, String answer) {
        return secondFactor().end(pass, EngineUnderTest.answer(ceremony, utf8(answer)), EngineUnderTest.CLIENT);
    }

    private BegunCeremony beginBinding(String pass) {
        return EngineUnderTest.begun(
                secondFactor().beginBinding(pass, new PasskeyName("First"), PasskeyUse.LOGON, EngineUnderTest.CLIENT));
    }

    private LogonResult bind(String pass, BegunCeremony ceremony, SoftwareAuthenticator with) {
        try {
            Bytes made = utf8(with.create(ceremony.optionsJson(), EngineUnderTest.ORIGIN));
            return secondFactor().bind(pass, EngineUnderTest.answer(ceremony, made), EngineUnderTest.CLIENT);
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private LogonResult byPassword(String pass, String typed) {
        return secondFactor().byPassword(pass, typed.toCharArray(), EngineUnderTest.CLIENT, null);
    }

    /** One of the first generation: does not know its user and remembers nothing. */
    private static SoftwareAuthenticator olderKey() {
        return SoftwareAuthenticator.builder()
                .attachment("cross-platform")
                .transports("usb")
                .backupEligible(false)
                .counting(true)
                .verifiesUsers(false)
                .keepsDiscoverable(false)
                .build();
    }

    /** The same options as if they listed what is on the device. */
    private static String listing(String options, SoftwareAuthenticator key) {
        String listed = "\"allowCredentials\":[{\"type\":\"public-key\",\"id\":\""
                + key.newest().id().base64url() + "\"}]";
        return options.replace("\"allowCredentials\":[]", listed);
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
