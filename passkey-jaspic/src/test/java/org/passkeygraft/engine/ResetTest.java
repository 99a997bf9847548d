package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** A user who lost every device binds anew, from the administrator's pass to the logon. */
@ParameterizedClass
@EnumSource
final class ResetTest {
    private static final String PASSWORD = "admin";
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";
    private static final Client CLIENT = new Client("192.0.2.9", "test");
    private static final int AT_ONCE = 6;

    private final EngineUnderTest engine;
    private final PasskeyRuntime runtime;
    private final SoftwareAuthenticator lost = SoftwareAuthenticator.synced();
    private final SoftwareAuthenticator found = SoftwareAuthenticator.synced();
    private final Account user;
    private final Account admin;
    private final Account second;
    private String handleOfQuarantined = "";

    ResetTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
        runtime = engine.runtime();
        user = engine.addAccount("user", HASH);
        admin = engine.addAccount("admin", HASH);
        second = engine.addAccount("second", HASH);
        engine.appoint(admin, true);
        engine.appoint(second, true);
    }

    @BeforeEach
    void loseTheDevice() {
        engine.bindFirst(user, lost);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void thePassAndThePasswordBindOnePasskeyInThePlaceOfTheLostOne() {
        try (AuditLines audit = new AuditLines()) {
            String binding = admitted(use(pass(), PASSWORD));

            assertThat(bind(binding, found)).isInstanceOf(BindResult.Bound.class);

            assertThat(audit.all())
                    .anyMatch(line -> line.startsWith("RESET_ISSUED account=\"user\"") && line.contains("by=\"admin\""))
                    .anyMatch(line -> line.startsWith("RESET_USED account=\"user\""))
                    .anyMatch(line -> line.startsWith("PASSKEY_BOUND account=\"user\""))
                    .noneMatch(line -> line.contains(binding));
        }
        assertThat(engine.logOn(found)).isInstanceOf(LogonResult.Accepted.class);
        assertThat(engine.logOn(lost)).isEqualTo(new LogonResult.Rejected(Rejection.CREDENTIAL_REMOVED));
        assertThat(runtime.authentication().standing(user, 0)).isEqualTo(new Standing.Ended(Rejection.SESSIONS_ENDED));
    }

    @Test
    void aPassIsGoodOnceAndForAnHourAndOnlyTheNewest() {
        String older = pass();
        String newest = pass();
        assertThat(use(older, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.CEREMONY_UNKNOWN));
        admitted(use(newest, PASSWORD));
        assertThat(use(newest, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.CEREMONY_UNKNOWN));

        String late = pass();
        engine.clock().advance(Duration.ofHours(1));
        assertThat(use(late, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.CEREMONY_UNKNOWN));
    }

    @Test
    void ofManyWhoShowOnePassAtOnceOneMayBindAndOneBindingCounts() {
        String pass = pass();
        List<ResetUse> uses = AtOnce.run(4, number -> use(pass, PASSWORD));
        assertThat(uses).filteredOn(ResetUse.Admitted.class::isInstance).hasSize(1);

        String binding = uses.stream()
                .filter(ResetUse.Admitted.class::isInstance)
                .map(ResetTest::admitted)
                .findFirst()
                .orElseThrow();
        List<SoftwareAuthenticator> devices = AtOnce.run(AT_ONCE, number -> SoftwareAuthenticator.synced());
        List<BegunCeremony> begun =
                devices.stream().map(device -> begin(binding)).toList();
        List<BindResult> bound = AtOnce.run(AT_ONCE, number -> end(binding, begun.get(number), devices.get(number)));
        assertThat(bound).filteredOn(BindResult.Bound.class::isInstance).hasSize(1);
        assertThat(runtime.passkeys().list(user).passkeys()).hasSize(1);
    }

    @Test
    void t119_withoutThePasswordThePassIsGoodForNothingAndAfterFiveWrongOnesItIsGone() {
        String pass = pass();
        assertThat(runtime.resetBinding().begin(pass, new PasskeyName("New"), CLIENT))
                .isEqualTo(new CeremonyStart.Refused(Rejection.CEREMONY_UNKNOWN));
        for (int tries = 0; tries < 4; tries++) {
            assertThat(use(pass, "wrong")).isEqualTo(new ResetUse.Refused(Rejection.PASSWORD));
        }
        admitted(use(pass, PASSWORD));

        String another = pass();
        for (int tries = 0; tries < 5; tries++) {
            assertThat(use(another, "")).isInstanceOf(ResetUse.Refused.class);
        }
        assertThat(use(another, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.CEREMONY_SPENT));
    }

    @Test
    void t63_anAddressThatGuessesPassesHasToWait() {
        try (EngineUnderTest throttled = EngineUnderTest.throttled(TestDatabase.H2)) {
            ResetBinding resets = throttled.runtime().resetBinding();
            LogonRequest.Password typed = new LogonRequest.Password("", new char[0], CLIENT);
            for (int guess = 0; guess < 60; guess++) {
                assertThat(resets.use("A".repeat(43), typed))
                        .isEqualTo(new ResetUse.Refused(Rejection.CEREMONY_UNKNOWN));
            }

            assertThat(resets.use("A".repeat(43), typed)).isInstanceOf(ResetUse.Throttled.class);
        }
    }

    @Test
    void accountsThatCannotBeAskedSpendNothingAndCountAsNoTry() {
        String pass = pass();
        for (int tries = 0; tries < 6; tries++) {
            engine.breakAccounts(true);
            assertThatThrownBy(() -> use(pass, "wrong")).isInstanceOf(UnavailableException.class);
            engine.breakAccounts(false);
        }
        admitted(use(pass, PASSWORD));
    }

    @Test
    void anAccountWithoutAPasswordNeedsThePassOnly() {
        Account without = engine.addAccount("nopass", "");

        admitted(use(pass(without), ""));
    }

    @Test
    void t119_anotherUsersPasswordIsNoneHere() {
        engine.addAccount("thief", "MD5:5f4dcc3b5aa765d61d8327deb882cf99");

        assertThat(use(pass(), "thief", "password")).isEqualTo(new ResetUse.Refused(Rejection.PASSWORD));
    }

    @Test
    void t37_aLockedAccountGetsNoPassUsesNoneAndBindsNothing() {
        String pass = pass();
        engine.lock(user, true);
        assertThat(issue(admin, user)).isEqualTo(new ResetIssue.Refused(Rejection.ACCOUNT_UNUSABLE));
        assertThat(use(pass, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.ACCOUNT_UNUSABLE));

        engine.lock(user, false);
        String binding = admitted(use(pass, PASSWORD));
        BegunCeremony begun = begin(binding);
        engine.lock(user, true);
        assertThat(end(binding, begun, found)).isEqualTo(new BindResult.Refused(Rejection.ACCOUNT_UNUSABLE));

        engine.lock(user, false);
        assertThat(engine.logOn(lost)).isInstanceOf(LogonResult.Accepted.class);
    }

    @Test
    void t37_aLockedAccountWithoutAPasswordUsesNoPass() {
        Account without = engine.addAccount("nopass", "");
        String pass = pass(without);
        engine.lock(without, true);

        assertThat(use(pass, "")).isEqualTo(new ResetUse.Refused(Rejection.ACCOUNT_UNUSABLE));
    }

    @Test
    void t38_whilePasskeysAreOffThereIsNoPassAndNoBinding() {
        String binding = admitted(use(pass(), PASSWORD));
        BegunCeremony begun = begin(binding);
        engine.allowPasskeys(false);

        assertThat(end(binding, begun, found)).isEqualTo(new BindResult.Refused(Rejection.PASSKEYS_OFF));
        engine.clock().advance(Duration.ofSeconds(6));
        assertThat(issue(admin, user)).isEqualTo(new ResetIssue.Refused(Rejection.PASSKEYS_OFF));
        assertThat(runtime.resetBinding().begin(binding, new PasskeyName("New"), CLIENT))
                .isEqualTo(new CeremonyStart.Refused(Rejection.PASSKEYS_OFF));
    }

    @Test
    void t110_thePassOfAnAccountWhoseNameAnotherGotIsGoodForNothing() {
        String pass = pass();
        quarantine();

        assertThat(use(pass, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.QUARANTINED));
        assertThat(runtime.resetPasses().issue(caller(admin), handleOfQuarantined))
                .isEqualTo(new ResetIssue.Refused(Rejection.QUARANTINED));
    }

    @Test
    void t110_aBindingOfAnAccountWhoseNameAnotherGotIsRefused() {
        String binding = admitted(use(pass(), PASSWORD));
        BegunCeremony begun = begin(binding);
        quarantine();

        assertThat(end(binding, begun, found)).isEqualTo(new BindResult.Refused(Rejection.QUARANTINED));
    }

    @Test
    void whatEndsTheSessionsTakesThePassBack() {
        String pass = pass();
        runtime.users().endSessions(caller(admin), handle(user));
        assertThat(use(pass, PASSWORD)).isEqualTo(new ResetUse.Refused(Rejection.SESSIONS_ENDED));

        String binding = admitted(use(pass(), PASSWORD));
        BegunCeremony begun = begin(binding);
        runtime.users().endSessions(caller(admin), handle(user));
        assertThat(end(binding, begun, found)).isEqualTo(new BindResult.Refused(Rejection.SESSIONS_ENDED));
        assertThat(runtime.passkeys().list(user).passkeys()).hasSize(1);
    }

    @Test
    void theRightToBindEndsAfterTenMinutesAndIsForItsAccountOnly() {
        Account another = engine.addAccount("another", HASH);
        String binding = admitted(use(pass(), PASSWORD));
        String foreign = admitted(use(pass(another), PASSWORD));

        assertThat(end(foreign, begin(binding), found)).isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        engine.clock().advance(Duration.ofMinutes(10));
        assertThat(runtime.resetBinding().begin(binding, new PasskeyName("New"), CLIENT))
                .isEqualTo(new CeremonyStart.Refused(Rejection.CEREMONY_UNKNOWN));
    }

    @Test
    void anAnswerToAnotherKindOfCeremonyBindsNothingHere() {
        BegunCeremony ordinary = engine.beginBinding(user, LogonMethod.PASSKEY, "Ordinary");
        String binding = admitted(use(pass(), PASSWORD));

        assertThat(end(binding, ordinary, found)).isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.bind(user, LogonMethod.PASSKEY, begin(binding), found))
                .isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
    }

    @Test
    void forAnAdministratorTwoOthersMustWantIt() {
        engine.appoint(user, true);
        assertThat(issue(admin, user)).isEqualTo(new ResetIssue.Requested());
        String request = request();

        assertThat(approve(admin, request)).isEqualTo(new ResetIssue.Refused(Rejection.OWN_REQUEST));
        assertThat(approve(user, request)).isEqualTo(new ResetIssue.Refused(Rejection.OWN_ACCOUNT));
        assertThat(approve(second, "A".repeat(43))).isEqualTo(new ResetIssue.Refused(Rejection.STALE));

        ResetIssue.Issued issued = (ResetIssue.Issued) approve(second, request);
        assertThat(approve(second, request)).isEqualTo(new ResetIssue.Refused(Rejection.STALE));
        assertThat(bind(admitted(use(issued.pass(), PASSWORD)), found)).isInstanceOf(BindResult.Bound.class);
    }

    @Test
    void ofTwoAdministratorsWhoApproveAtOnceOneGivesThePass() {
        Account third = engine.addAccount("third", HASH);
        engine.appoint(third, true);
        engine.appoint(user, true);
        issue(admin, user);
        String request = request();

        List<ResetIssue> outcomes = AtOnce.run(2, number -> approve(number == 0 ? second : third, request));

        assertThat(outcomes).filteredOn(ResetIssue.Issued.class::isInstance).hasSize(1);
        assertThat(outcomes).contains(new ResetIssue.Refused(Rejection.STALE));
    }

    @Test
    void aRequestEndsWithADayOrWithTheRoleOfWhoAsked() {
        engine.appoint(user, true);
        issue(admin, user);
        String request = request();
        engine.appoint(admin, false);
        assertThat(approve(second, request)).isEqualTo(new ResetIssue.Refused(Rejection.STALE));

        engine.appoint(admin, true);
        engine.clock().advance(Duration.ofHours(24));
        assertThat(approve(second, request)).isEqualTo(new ResetIssue.Refused(Rejection.STALE));
    }

    @Test
    void nobodyGivesThemselvesAPass() {
        engine.appoint(user, true);

        assertThat(issue(user, user)).isEqualTo(new ResetIssue.Refused(Rejection.OWN_ACCOUNT));
    }

    /** Another account comes under the user's name. */
    private void quarantine() {
        handleOfQuarantined = handle(user);
        runtime.sessions().endAll(engine.caller(new Account(user.name(), "heir"), LogonMethod.PASSKEY));
    }

    private String pass() {
        return pass(user);
    }

    private String pass(Account receiver) {
        return ((ResetIssue.Issued) issue(admin, receiver)).pass();
    }

    private ResetIssue issue(Account by, Account receiver) {
        return runtime.resetPasses().issue(caller(by), handle(receiver));
    }

    private ResetIssue approve(Account by, String request) {
        return runtime.resetPasses().approve(caller(by), handle(user), request);
    }

    private String request() {
        return runtime.users()
                .find(handle(user))
                .flatMap(AdministeredUser::pendingRequest)
                .orElseThrow()
                .id();
    }

    private String handle(Account account) {
        return runtime.users()
                .open(caller(second), account.name())
                .passed()
                .orElseThrow()
                .toString();
    }

    private ResetUse use(String pass, String password) {
        return use(pass, "", password);
    }

    private ResetUse use(String pass, String name, String password) {
        return runtime.resetBinding().use(pass, new LogonRequest.Password(name, password.toCharArray(), CLIENT));
    }

    private static String admitted(ResetUse use) {
        assertThat(use).isInstanceOf(ResetUse.Admitted.class);
        return ((ResetUse.Admitted) use).binding();
    }

    private BegunCeremony begin(String binding) {
        CeremonyStart start = runtime.resetBinding().begin(binding, new PasskeyName("New"), CLIENT);
        assertThat(start).isInstanceOf(CeremonyStart.Begun.class);
        return ((CeremonyStart.Begun) start).ceremony();
    }

    private BindResult bind(String binding, SoftwareAuthenticator device) {
        return end(binding, begin(binding), device);
    }

    private BindResult end(String binding, BegunCeremony ceremony, SoftwareAuthenticator device) {
        try {
            CeremonyAnswer made = EngineUnderTest.made(ceremony, device);
            return runtime.resetBinding().end(binding, made, CLIENT);
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private ProvenCaller caller(Account account) {
        return engine.caller(account, LogonMethod.PASSKEY);
    }
}
