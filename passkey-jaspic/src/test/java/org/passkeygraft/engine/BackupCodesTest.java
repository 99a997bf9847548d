package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.Contact;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.policy.BackupPolicy;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.CodePurpose;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TextGateway;

/** Codes that stand in for a lost device, and how contacts and recovery codes come to be. */
final class BackupCodesTest {
    private static final Contact PHONE = new Contact(Contact.Kind.MOBILE, "+491701234542");
    private static final BackupUse LOGON = BackupUse.SECOND_FACTOR;
    private static final String PASS = "what only the browser has";
    private static final String OTHER_PASS = "what only another browser has";
    private static final Client CLIENT = new Client("192.0.2.7", "test");
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final TextGateway gateway = TextGateway.plain();
    private final EngineUnderTest engine = new EngineUnderTest(
            TestDatabase.H2,
            new Messaging(
                    null,
                    new Messaging.Gateway(gateway.url(), new Secret(""), "{\"to\": \"{to}\", \"text\": \"{text}\"}")));
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    @BeforeEach
    void bind() {
        engine.bindFirst(ALICE, device);
    }

    @AfterEach
    void close() {
        engine.close();
        gateway.close();
    }

    @Test
    void aCodeComesByPhoneAndCountsOnce() throws Exception {
        contact();
        String code = request(PASS);

        assertThat(redeem(PASS, code).passed()).contains(LogonMethod.ONE_TIME_CODE);
        assertThat(redeem(PASS, code).refusal()).contains(Rejection.CODE);
        assertThat(gateway.next().body()).as("the owner is told").contains("a backup code was used");
    }

    @Test
    void aCodeIsNothingInAnotherBrowser() throws Exception {
        contact();
        String code = request(PASS);

        assertThat(redeem(OTHER_PASS, code).refusal()).contains(Rejection.CODE);
        assertThat(redeem(PASS, code).passed()).isPresent();
    }

    @Test
    void ofFiftyWrongCodesAtOnceFiveAreComparedAndThenNotEvenTheRightOneIsTaken() throws Exception {
        contact();
        String code = request(PASS);
        String wrong = code.equals("000000") ? "000001" : "000000";

        AtOnce.run(50, index -> redeem(PASS, wrong));

        assertThat(redeem(PASS, code).refusal()).contains(Rejection.CODE);
    }

    @Test
    void ofManyRightCodesAtOnceOneCounts() throws Exception {
        contact();
        String code = request(PASS);

        List<Checked<LogonMethod>> results = AtOnce.run(5, index -> redeem(PASS, code));

        assertThat(results).filteredOn(result -> result.passed().isPresent()).hasSize(1);
    }

    @Test
    void t118_codesPouredAtAnAccountNeverStopItsPasskey() throws Exception {
        contact();
        pourTenWrongCodes();

        assertThat(ask(PASS)).contains(Rejection.CODES_OFF);
        engine.clock().advance(Duration.ofSeconds(1));
        assertThat(engine.logOn(device)).isInstanceOf(LogonResult.Accepted.class);
        assertThat(ask(PASS)).as("the passkey brings the codes back").isEmpty();
    }

    @Test
    void aRecoveryCodeBringsTheCodesBackToo() throws Exception {
        contact();
        String recovery = recoveryCodes().get(0);
        pourTenWrongCodes();

        assertThat(redeem(PASS, recovery).passed()).contains(LogonMethod.RECOVERY_CODE);
        assertThat(ask(PASS)).isEmpty();
    }

    @Test
    void t118_wrongRecoveryCodesFromEverywhereDelayCodesAndNeverThePasskey() {
        try (EngineUnderTest throttled = EngineUnderTest.throttled(TestDatabase.H2)) {
            SoftwareAuthenticator key = SoftwareAuthenticator.synced();
            throttled.bindFirst(ALICE, key);
            String right = recoveryCodes(throttled).get(0);
            BackupCodes codes = throttled.runtime().backupCodes();
            for (int wrong = 0; wrong < 5; wrong++) {
                Client elsewhere = new Client("198.51.100." + wrong, "test");
                assertThat(codes.redeem(ALICE, LOGON, PASS, "0000-0000-0000-0000", elsewhere)
                                .refusal())
                        .contains(Rejection.CODE);
            }

            assertThat(codes.redeem(ALICE, LOGON, PASS, right, CLIENT).refusal())
                    .contains(Rejection.TOO_MANY_CODES);
            assertThat(throttled.logOn(key)).isInstanceOf(LogonResult.Accepted.class);
            throttled.clock().advance(Duration.ofMinutes(15));
            assertThat(codes.redeem(ALICE, LOGON, PASS, right, CLIENT).passed()).contains(LogonMethod.RECOVERY_CODE);
        }
    }

    @Test
    void t63_anAddressThatGuessesAtManyAccountsHasToWait() {
        try (EngineUnderTest throttled = EngineUnderTest.throttled(TestDatabase.H2)) {
            throttled.bindFirst(ALICE, SoftwareAuthenticator.synced());
            String right = recoveryCodes(throttled).get(0);
            BackupCodes codes = throttled.runtime().backupCodes();
            for (int account = 0; account < 15; account++) {
                Account victim = throttled.addAccount("user" + account, "");
                throttled.bindFirst(victim, SoftwareAuthenticator.synced());
                for (int wrong = 0; wrong < 4; wrong++) {
                    assertThat(codes.redeem(victim, LOGON, PASS, "0000-0000-0000-0000", CLIENT)
                                    .refusal())
                            .contains(Rejection.CODE);
                }
            }

            assertThat(codes.redeem(ALICE, LOGON, PASS, right, CLIENT).refusal())
                    .contains(Rejection.TOO_MANY_CODES);
            assertThat(codes.redeem(ALICE, LOGON, PASS, right, new Client("198.51.100.1", "test"))
                            .passed())
                    .contains(LogonMethod.RECOVERY_CODE);
        }
    }

    @Test
    void aSixthCodeWithinTheHourIsNotSent() throws Exception {
        contact();
        for (int sent = 0; sent < 5; sent++) {
            request(PASS);
        }

        assertThat(ask(PASS)).contains(Rejection.TOO_MANY_CODES);
        engine.clock().advance(Duration.ofHours(1));
        assertThat(ask(PASS)).isEmpty();
    }

    @Test
    void aGatewayThatIsDownCountsForNothing() throws Exception {
        contact();
        gateway.answer(503);
        for (int attempt = 0; attempt < 8; attempt++) {
            assertThatThrownBy(() -> ask(PASS)).isInstanceOf(UnavailableException.class);
            gateway.next();
        }
        gateway.answer(202);

        assertThat(redeem(PASS, request(PASS)).passed()).isPresent();
    }

    @Test
    void aNewContactIsOfNoUseForADay() throws Exception {
        assertThat(contact(PHONE.address())).isEmpty();

        assertThat(ask(PASS)).contains(Rejection.CODES_OFF);
        assertThat(offer().isNone()).isTrue();
        engine.clock().advance(Duration.ofDays(1));
        assertThat(ask(PASS)).isEmpty();
        assertThat(offer().masked()).isEqualTo("+49 ••• ••42");
    }

    @Test
    void theOldContactIsToldOfTheNewOneAndServesUntilThen() throws Exception {
        contact();
        contact("+491709999977");

        TextGateway.Request told = gateway.next();
        assertThat(told.body())
                .contains(PHONE.address(), "the contact of the account alice was changed", "+49 ••• ••77");
        assertThat(offer().masked()).isEqualTo("+49 ••• ••42");
    }

    @Test
    void aCodeThatWentToAContactIsNothingOnceTheContactIsRemoved() throws Exception {
        contact();
        String code = request(PASS);
        assertThat(engine.runtime().backup().removeContact(proven())).isEmpty();

        assertThat(redeem(PASS, code).passed()).isEmpty();
    }

    /** It would outlive the binding, and stand in for the passkey that the owner thinks nobody comes in without. */
    @Test
    void t45_whoKnowsThePasswordBeforeThereIsAPasskeyPlantsNoBackup() throws Exception {
        ProvenCaller thief = engine.caller(BOB, LogonMethod.PASSWORD);
        BackupManagement backup = engine.runtime().backup();
        assertThat(backup.requestContact(thief, "session", PHONE.address())).isEmpty();
        assertThat(backup.verifyContact(thief, "session", nextCode())).isEmpty();
        assertThat(backup.newRecoveryCodes(thief).refusal()).contains(Rejection.CODES_OFF);
        assertThat(backup.of(BOB, "session").recoveryCodesServe()).isFalse();

        engine.bindFirst(BOB, SoftwareAuthenticator.synced());
        engine.clock().advance(Duration.ofDays(9000));

        assertThat(gateway.next().body()).as("notices go there").contains("was added to the account bob");
        assertThat(engine.runtime().backupCodes().request(BOB, LOGON, PASS, CLIENT))
                .contains(Rejection.CODES_OFF);
    }

    @Test
    void t37_aLockedAccountSetsNoBackup() {
        engine.lock(ALICE, true);

        assertThat(engine.runtime().backup().requestContact(proven(), "session", PHONE.address()))
                .contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().backup().newRecoveryCodes(proven()).refusal())
                .contains(Rejection.SESSIONS_ENDED);
        assertThat(gateway.waiting()).isZero();
    }

    @Test
    void t45_noContactAndNoRecoveryCodeWithoutAStrongProof() {
        ProvenCaller byPassword = engine.caller(ALICE, LogonMethod.PASSWORD);
        ProvenCaller tooOld = EngineUnderTest.caller(
                ALICE,
                LogonMethod.PASSKEY,
                engine.clock().instant().minus(Duration.ofMinutes(5)).minusMillis(1));
        for (ProvenCaller caller : List.of(byPassword, tooOld)) {
            assertThat(engine.runtime().backup().requestContact(caller, "session", PHONE.address()))
                    .contains(Rejection.CONFIRMATION_REQUIRED);
            assertThat(engine.runtime().backup().removeContact(caller)).contains(Rejection.CONFIRMATION_REQUIRED);
            assertThat(engine.runtime().backup().newRecoveryCodes(caller).refusal())
                    .contains(Rejection.CONFIRMATION_REQUIRED);
        }
        assertThat(gateway.waiting()).isZero();
    }

    @Test
    void t45_aContactIsVerifiedByWhoeverProvesItStill() throws Exception {
        engine.runtime().backup().requestContact(proven(), "session", PHONE.address());
        String code = nextCode();
        ProvenCaller byPassword = engine.caller(ALICE, LogonMethod.PASSWORD);
        ProvenCaller tooOld = EngineUnderTest.caller(
                ALICE,
                LogonMethod.PASSKEY,
                engine.clock().instant().minus(Duration.ofMinutes(10)).minusMillis(1));

        for (ProvenCaller caller : List.of(byPassword, tooOld)) {
            assertThat(engine.runtime().backup().verifyContact(caller, "session", code))
                    .contains(Rejection.CONFIRMATION_REQUIRED);
        }
        assertThat(engine.runtime().backup().verifyContact(proven(), "another session", code))
                .contains(Rejection.CODE);
        assertThat(engine.runtime().backup().verifyContact(proven(), "session", code))
                .isEmpty();
    }

    @Test
    void t117_aSessionThatWasEndedChangesNoBackup() throws Exception {
        contact();
        ProvenCaller ended = proven();
        engine.runtime().sessions().endAll(ended);
        Backup before = engine.runtime().backup().of(ALICE, "session");

        assertThat(engine.runtime().backup().requestContact(ended, "session", "+491709999977"))
                .contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().backup().verifyContact(ended, "session", "000000"))
                .contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().backup().removeContact(ended)).contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().backup().newRecoveryCodes(ended).refusal()).contains(Rejection.SESSIONS_ENDED);
        assertThat(engine.runtime().backup().of(ALICE, "session")).isEqualTo(before);
    }

    @Test
    void t110_anAccountWhoseNameAnotherGotHasNoBackup() throws Exception {
        contact();
        String code = request(PASS);
        String recovery = recoveryCodes().get(0);
        engine.runtime().sessions().endAll(engine.caller(new Account(ALICE.name(), "heir"), LogonMethod.PASSKEY));

        assertThat(ask(PASS)).contains(Rejection.CODES_OFF);
        assertThat(redeem(PASS, code).refusal()).contains(Rejection.CODES_OFF);
        assertThat(redeem(PASS, recovery).refusal()).contains(Rejection.CODES_OFF);
    }

    @Test
    void aCodeCompletesTheHalfLogonThatAskedForItAndNoOther() throws Exception {
        engine.changeHash(ALICE, "MD5:21232f297a57a5a743894a0e4a801fc3");
        contact();
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND));
        SecondFactor secondFactor = engine.runtime().secondFactor();
        String asking = halfLogon();
        String another = halfLogon();
        assertThat(secondFactor.requestCode(asking, CLIENT)).isEmpty();
        String code = nextCode();

        assertThat(secondFactor.byCode(another, code, CLIENT)).isEqualTo(new LogonResult.Rejected(Rejection.CODE));
        assertThat(secondFactor.byCode(asking, code, CLIENT)).isInstanceOf(LogonResult.Accepted.class);
    }

    private String halfLogon() {
        return ((LogonResult.SecondFactorRequired) engine.logOn(ALICE.name(), "admin")).pass();
    }

    @Test
    void aCodeConfirmsAfterThePasswordAndInTheSessionThatAskedForIt() throws Exception {
        contact();
        Confirmation confirmation = engine.runtime().confirmation();
        ProvenCaller typed = engine.caller(ALICE, LogonMethod.PASSWORD);
        ProvenCaller tooOld = EngineUnderTest.caller(
                ALICE,
                LogonMethod.PASSWORD,
                engine.clock().instant().minus(Duration.ofMinutes(5)).minusMillis(1));
        assertThat(confirmation.requestCode(tooOld, "session")).contains(Rejection.CONFIRMATION_REQUIRED);
        assertThat(confirmation.requestCode(typed, "session")).isEmpty();
        String code = nextCode();

        assertThat(confirmation.byCode(typed, "another session", code).refusal())
                .contains(Rejection.CODE);
        assertThat(confirmation.byCode(tooOld, "session", code).refusal()).contains(Rejection.CONFIRMATION_REQUIRED);
        assertThat(confirmation.byCode(typed, "session", code).passed()).contains(LogonMethod.ONE_TIME_CODE);
    }

    @Test
    void aCodeToVerifyAContactIsNoBackupCodeAndTheOtherWayRound() throws Exception {
        contact();
        engine.runtime().backup().requestContact(proven(), PASS, "+491709999977");
        String toVerify = nextCode();
        String backup = request(PASS);

        assertThat(redeem(PASS, toVerify).passed()).isEmpty();
        assertThat(engine.runtime().backup().verifyContact(proven(), PASS, backup))
                .contains(Rejection.CODE);
    }

    @Test
    void whatCannotBeReachedIsNoContact() {
        for (String typed : List.of("alice@example.org", "0170", "")) {
            assertThat(engine.runtime().backup().requestContact(proven(), "session", typed))
                    .contains(Rejection.CONTACT);
        }
    }

    @Test
    void tenRecoveryCodesAreMadeAndEachCountsOnce() {
        List<String> codes = recoveryCodes();

        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([0-9A-Z]{4}-){3}[0-9A-Z]{4}"));
        List<Checked<LogonMethod>> results = AtOnce.run(20, index -> redeem(PASS, codes.get(3)));
        assertThat(results).filteredOn(result -> result.passed().isPresent()).hasSize(1);
        assertThat(remaining()).isEqualTo(9);
    }

    @Test
    void aRecoveryCodeIsTakenAsPeopleTypeIt() {
        String code = recoveryCodes().get(0);

        assertThat(redeem(
                                PASS,
                                " "
                                        + code.toLowerCase(Locale.ROOT)
                                                .replace('-', ' ')
                                                .replace('0', 'o')
                                                .replace('1', 'l'))
                        .passed())
                .contains(LogonMethod.RECOVERY_CODE);
    }

    @Test
    void newRecoveryCodesEndTheOldOnes() {
        String old = recoveryCodes().get(0);
        recoveryCodes();

        assertThat(redeem(PASS, old).refusal()).contains(Rejection.CODE);
        assertThat(remaining()).isEqualTo(10);
    }

    @Test
    void nobodyUsesAnothersRecoveryCode() {
        String code = recoveryCodes().get(0);
        engine.bindFirst(BOB, SoftwareAuthenticator.synced());

        assertThat(engine.runtime()
                        .backupCodes()
                        .redeem(BOB, LOGON, PASS, code, CLIENT)
                        .refusal())
                .contains(Rejection.CODE);
    }

    @Test
    void t43_whoHasNoPasskeyHasNoBackupForOne() throws Exception {
        contact();
        List<String> codes = recoveryCodes();
        String passkey =
                engine.runtime().passkeys().list(ALICE).passkeys().get(0).id().key();
        engine.runtime().passkeys().delete(proven(), passkey);

        assertThat(ask(PASS)).contains(Rejection.CODES_OFF);
        assertThat(redeem(PASS, codes.get(0)).refusal()).contains(Rejection.CODES_OFF);
        assertThat(offer().isNone()).isTrue();
    }

    @Test
    void thePolicyIsAskedAgainAtTheEnd() throws Exception {
        contact();
        String code = request(PASS);
        List<String> recovery = recoveryCodes();
        policy(BackupUse.OFF);

        assertThat(redeem(PASS, code).refusal()).contains(Rejection.CODES_OFF);
        assertThat(redeem(PASS, recovery.get(0)).refusal()).contains(Rejection.CODES_OFF);
        assertThat(remaining()).isEqualTo(10);
        policy(BackupUse.SECOND_FACTOR);
        assertThat(redeem(PASS, code).passed()).as("not used up meanwhile").contains(LogonMethod.ONE_TIME_CODE);
    }

    @Test
    void aCodeForALogonOnlyIsNoProof() throws Exception {
        contact();
        policy(BackupUse.SECOND_FACTOR);

        assertThat(engine.runtime().backupCodes().request(ALICE, BackupUse.SECOND_FACTOR_AND_PROOF, PASS, CLIENT))
                .contains(Rejection.CODES_OFF);
        assertThat(ask(PASS)).isEmpty();
    }

    @Test
    void t120_theDatabaseHoldsNeitherACodeNorWhatItTakesToTryThemOut() throws Exception {
        contact();
        String code = request(PASS);
        List<String> recovery = recoveryCodes();

        engine.elsewhere(store -> {
            String holder =
                    Bytes.of(PASS.getBytes(StandardCharsets.UTF_8)).sha256().base64url();
            String digest = store.oneTimeCodes()
                    .open(store.users().byKey(ALICE.key()).orElseThrow().handle(), CodePurpose.BACKUP, holder)
                    .orElseThrow()
                    .digest();
            assertThat(digest).doesNotContain(code);
            // All that a reader of the database has: the sealing key, the digest, the holder's digest.
            assertThat(redeem(holder, code).passed()).isEmpty();
        });
        engine.changeStore("update passkey_one_time_code set holder = '"
                + Bytes.of(OTHER_PASS.getBytes(StandardCharsets.UTF_8)).sha256().base64url() + "'");
        assertThat(redeem(OTHER_PASS, code).passed())
                .as("without the holder's secret no code fits the digest")
                .isEmpty();
        assertThat(remaining()).isEqualTo(10);
        assertThat(recovery).noneMatch(this::isInDatabase);
    }

    /** In whatever row, with or without its hyphens. */
    private boolean isInDatabase(String code) {
        return engine.column("script").stream()
                .map(row -> row.replace("-", ""))
                .anyMatch(row -> row.contains(code.replace("-", "")));
    }

    private void pourTenWrongCodes() throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            String right = request(PASS);
            String wrong = right.equals("000000") ? "000001" : "000000";
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThat(redeem(PASS, wrong).refusal()).contains(Rejection.CODE);
            }
        }
    }

    /** Sets the phone, and waits until it is of use. */
    private void contact() throws InterruptedException {
        assertThat(contact(PHONE.address())).isEmpty();
        engine.clock().advance(Duration.ofDays(1));
    }

    private Optional<Rejection> contact(String typed) throws InterruptedException {
        assertThat(engine.runtime().backup().requestContact(proven(), "session", typed))
                .isEmpty();
        return engine.runtime().backup().verifyContact(proven(), "session", nextCode());
    }

    private Optional<Rejection> ask(String pass) {
        return engine.runtime().backupCodes().request(ALICE, LOGON, pass, CLIENT);
    }

    private String request(String pass) throws InterruptedException {
        assertThat(ask(pass)).isEmpty();
        return nextCode();
    }

    /** The next text with a code; notices may arrive in between. */
    private String nextCode() throws InterruptedException {
        Matcher code = CODE.matcher(gateway.next().body());
        return code.find() ? code.group() : nextCode();
    }

    private Checked<LogonMethod> redeem(String pass, String code) {
        return engine.runtime().backupCodes().redeem(ALICE, LOGON, pass, code, CLIENT);
    }

    private BackupOffer offer() {
        return engine.runtime().backupCodes().offer(ALICE, LOGON, PASS);
    }

    private List<String> recoveryCodes() {
        return recoveryCodes(engine);
    }

    private static List<String> recoveryCodes(EngineUnderTest of) {
        return of.runtime()
                .backup()
                .newRecoveryCodes(of.caller(ALICE, LogonMethod.PASSKEY))
                .passed()
                .orElseThrow();
    }

    private int remaining() {
        return engine.runtime().backup().of(ALICE, "session").recoveryCodes();
    }

    private ProvenCaller proven() {
        return engine.caller(ALICE, LogonMethod.PASSKEY);
    }

    private void policy(BackupUse use) {
        engine.changePolicy(PasskeyPolicy.STANDARD.withBackup(new BackupPolicy(use, use)));
        engine.clock().advance(Duration.ofSeconds(6));
    }
}
