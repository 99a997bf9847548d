package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.Proofs;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.PolicyResult.Objection;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.ModelRule;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.PolicyChange;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What becomes of changes; that the database decides between two is shown of both kinds in the store's own tests. */
final class PolicyAdministrationTest {
    private static final PasskeyPolicy STANDARD = PasskeyPolicy.STANDARD;
    private static final AuthenticatorPolicy ONE_MODEL =
            new AuthenticatorPolicy(false, ModelRule.ONLY_THESE, Set.of("ee882879-721c-4913-9775-3dfcce97072a"));

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final Account admin = engine.addAccount("admin", "");

    @BeforeEach
    void appoint() {
        engine.appoint(admin, true);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void anAdministratorWithAFreshProofChangesThePolicy() {
        assertThat(change(STANDARD.withMaximum(7))).isEqualTo(new PolicyResult.Changed());

        assertThat(engine.runtime().policy().maximum()).isEqualTo(7);
    }

    @Test
    void t52_nobodyElseChangesThePolicy() {
        assertThat(change(engine.caller(ALICE, LogonMethod.PASSKEY), STANDARD.withMaximum(7)))
                .isEqualTo(new PolicyResult.Refused(Rejection.NOT_ADMINISTRATOR));
        engine.lock(admin, true);
        assertThat(change(STANDARD.withMaximum(7))).isEqualTo(new PolicyResult.Refused(Rejection.ACCOUNT_UNUSABLE));
        assertThat(policy()).isEqualTo(STANDARD);
    }

    @Test
    void aProofThatIsTooOldChangesNothing() {
        ProvenCaller caller = engine.caller(admin, LogonMethod.PASSWORD);
        engine.clock().advance(Duration.ofMinutes(5).plusMillis(1));

        assertThat(change(caller, STANDARD.withMaximum(7)))
                .isEqualTo(new PolicyResult.Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(policy()).isEqualTo(STANDARD);
    }

    @Test
    void aChangeOfWhatIsPastIsRefused() {
        long version = administration().current().version();
        change(STANDARD.withMaximum(7));

        PolicyResult late = administration()
                .change(
                        engine.caller(admin, LogonMethod.PASSWORD),
                        new PolicyChange(STANDARD.withAllowed(false), version, true));

        assertThat(late).isEqualTo(new PolicyResult.Refused(Rejection.STALE));
        assertThat(policy()).isEqualTo(STANDARD.withMaximum(7));
    }

    @Test
    void ofAdministratorsWhoChangeAtOnceOneDoes() {
        long version = administration().current().version();
        ProvenCaller caller = engine.caller(admin, LogonMethod.PASSWORD);

        List<PolicyResult> results = AtOnce.run(
                8,
                index -> administration()
                        .change(caller, new PolicyChange(STANDARD.withMaximum(10 + index), version, true)));

        assertThat(results).containsOnlyOnce(new PolicyResult.Changed());
        assertThat(administration().current().version()).isEqualTo(version + 1);
    }

    @Test
    void t51_whatWouldLetNobodyInIsRefusedWithTheReason() {
        PasskeyPolicy off = STANDARD.withAllowed(false);
        Map<PasskeyPolicy, Objection> refused = Map.of(
                off.withPassword(PasswordRule.WHILE_NO_PASSKEY), Objection.NO_WAY_IN,
                off.withSecondFactor(SecondFactorRule.WHEN_BOUND), Objection.SECOND_FACTOR_WITHOUT_PASSKEYS,
                off.withSecondFactor(new SecondFactorPolicy(
                                SecondFactorRule.OFF, Map.of("administrator", SecondFactorRule.REQUIRED), false)),
                        Objection.SECOND_FACTOR_WITHOUT_PASSKEYS,
                STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY)
                                .withSecondFactor(new SecondFactorPolicy(SecondFactorRule.OFF, Map.of(), true)),
                        Objection.PASSWORD_AFTER_PASSKEY,
                STANDARD.withAuthenticators(new AuthenticatorPolicy(true, ModelRule.ANY, Set.of())),
                        Objection.NO_TRUST_ROOTS,
                STANDARD.withAuthenticators(new AuthenticatorPolicy(false, ModelRule.ONLY_THESE, Set.of())),
                        Objection.NO_MODELS);

        refused.forEach((policy, objection) -> assertThat(change(policy))
                .as(policy.toString())
                .isEqualTo(new PolicyResult.Objected(EnumSet.of(objection), "")));
        assertThat(policy()).isEqualTo(STANDARD);
    }

    @Test
    void t51_whoWouldNeedAPasskeyOfAListedModelBindsOneFirst() {
        PasskeyPolicy strict =
                STANDARD.withSecondFactor(SecondFactorRule.REQUIRED).withAuthenticators(ONE_MODEL);
        assertThat(change(strict)).isEqualTo(new PolicyResult.Objected(EnumSet.of(Objection.OWN_PASSKEY_FIRST), ""));

        assertThat(change(strict.withSecondFactor(new SecondFactorPolicy(
                        SecondFactorRule.REQUIRED, Map.of("administrator", SecondFactorRule.WHEN_BOUND), false))))
                .as("not required of administrators")
                .isEqualTo(new PolicyResult.Changed());
        change(STANDARD);
        engine.bindFirst(admin, SoftwareAuthenticator.synced());
        assertThat(change(engine.caller(admin, LogonMethod.PASSKEY), strict)).isEqualTo(new PolicyResult.Changed());
    }

    @Test
    void t51_aPasswordDoesNotForbidPasswordsWhileTheAdministratorHasAPasskey() {
        engine.bindFirst(admin, SoftwareAuthenticator.synced());

        assertThat(change(STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY)))
                .isEqualTo(new PolicyResult.Refused(Rejection.CONFIRMATION_REQUIRED));
        assertThat(change(
                        engine.caller(admin, LogonMethod.PASSKEY),
                        STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY)))
                .isEqualTo(new PolicyResult.Changed());
    }

    /** The device may be lost: passwords end for whoever has a passkey, and that would be this administrator. */
    @Test
    void t51_whoProvedItByACodeDoesNotForbidPasswordsEither() {
        engine.bindFirst(admin, SoftwareAuthenticator.synced());
        Instant now = engine.clock().instant();
        Proofs byCode = Proofs.by(Set.of(LogonMethod.PASSWORD, LogonMethod.RECOVERY_CODE), now);
        ProvenCaller caller = new ProvenCaller(admin, 0, byCode, EngineUnderTest.CLIENT);

        assertThat(change(caller, STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY)))
                .isEqualTo(new PolicyResult.Objected(EnumSet.of(Objection.OWN_PASSKEY_FIRST), ""));
        assertThat(change(caller, STANDARD.withMaximum(7))).isEqualTo(new PolicyResult.Changed());
    }

    @Test
    void t51_whoProvedItWithoutTheirPasskeyTakesThePasswordFromNobody() {
        engine.bindFirst(admin, SoftwareAuthenticator.synced());
        PasskeyPolicy strict = STANDARD.withPassword(PasswordRule.WHILE_NO_PASSKEY);
        PolicyResult ownFirst = new PolicyResult.Objected(EnumSet.of(Objection.OWN_PASSKEY_FIRST), "");
        Instant now = engine.clock().instant();
        Proofs byCode = Proofs.by(Set.of(LogonMethod.PASSWORD, LogonMethod.RECOVERY_CODE), now);
        Proofs tooOld = byCode.with(
                Set.of(LogonMethod.PASSKEY), now.minus(Duration.ofMinutes(5)).minusMillis(1));

        assertThat(change(proven(byCode), STANDARD.withMaximum(7)))
                .as("proof enough for what locks nobody out")
                .isEqualTo(new PolicyResult.Changed());
        assertThat(change(proven(byCode), strict)).isEqualTo(ownFirst);
        assertThat(change(proven(tooOld), strict)).isEqualTo(ownFirst);
        assertThat(policy()).isEqualTo(STANDARD.withMaximum(7));
        assertThat(change(proven(byCode.with(Set.of(LogonMethod.PASSKEY), now)), strict))
                .isEqualTo(new PolicyResult.Changed());
        assertThat(change(proven(byCode), strict.withMaximum(9)))
                .as("nothing more is taken")
                .isEqualTo(new PolicyResult.Changed());
    }

    private ProvenCaller proven(Proofs proofs) {
        return new ProvenCaller(admin, 0, proofs, EngineUnderTest.CLIENT);
    }

    @Test
    void passkeysAreSwitchedOffKnowinglyWhileUsersRelyOnThem() {
        PasskeyPolicy off = STANDARD.withAllowed(false);
        ProvenCaller caller = engine.caller(admin, LogonMethod.PASSWORD);
        engine.bindFirst(ALICE, SoftwareAuthenticator.synced());
        long version = administration().current().version();

        assertThat(administration().change(caller, new PolicyChange(off, version, false)))
                .isEqualTo(new PolicyResult.Objected(EnumSet.of(Objection.NOT_UNDERSTOOD), ""));
        assertThat(administration().change(caller, new PolicyChange(off, version, true)))
                .isEqualTo(new PolicyResult.Changed());
    }

    @Test
    void aSuffixThatANameEndsWithIsRefusedWithTheName() {
        engine.bindFirst(engine.addAccount("eve@corp", ""), SoftwareAuthenticator.synced());

        assertThat(change(STANDARD.withSuffixes(new LogonSuffixes("", Set.of("branch", "CORP")))))
                .isEqualTo(new PolicyResult.Objected(EnumSet.of(Objection.SUFFIX_OF_A_NAME), "eve@corp"));
        assertThat(change(STANDARD.withSuffixes(new LogonSuffixes("branch", Set.of()))))
                .isEqualTo(new PolicyResult.Changed());
    }

    @Test
    void t38_aSwitchOnOneServerHoldsAtTheEndOfEveryCeremonyOnAnotherAndSoonForPages() {
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        engine.bindFirst(ALICE, device);
        BegunCeremony logon = engine.beginLogon("");
        BegunCeremony binding = engine.beginBinding(ALICE, LogonMethod.PASSKEY, "Second");
        assertThat(engine.runtime().policy().allowed()).isTrue();
        try (PasskeyRuntime elsewhere = engine.anotherServer()) {
            PolicyAdministration administration = elsewhere.policyAdministration();
            PolicyChange off = new PolicyChange(
                    STANDARD.withAllowed(false), administration.current().version(), true);
            assertThat(administration.change(engine.caller(admin, LogonMethod.PASSWORD), off))
                    .isEqualTo(new PolicyResult.Changed());
            assertThat(elsewhere.authentication().passkeysAllowed()).isFalse();
        }
        assertThat(engine.runtime().authentication().passkeysAllowed())
                .as("the copy of this server")
                .isTrue();

        assertThat(engine.bind(ALICE, LogonMethod.PASSKEY, binding, SoftwareAuthenticator.synced()))
                .isEqualTo(new BindResult.Refused(Rejection.PASSKEYS_OFF));
        assertThat(engine.logOn(logon, device)).isEqualTo(new LogonResult.Rejected(Rejection.PASSKEYS_OFF));
        assertThat(engine.runtime().passkeys().list(ALICE).passkeys()).hasSize(1);
    }

    @Test
    void t38_aSwitchElsewhereReachesPagesWithinFiveSeconds() {
        assertThat(engine.runtime().policy().allowed()).isTrue();
        try (PasskeyRuntime elsewhere = engine.anotherServer()) {
            PolicyAdministration administration = elsewhere.policyAdministration();
            administration.change(
                    engine.caller(admin, LogonMethod.PASSWORD),
                    new PolicyChange(
                            STANDARD.withAllowed(false),
                            administration.current().version(),
                            true));
        }
        engine.clock().advance(Duration.ofSeconds(5));

        assertThat(engine.runtime().authentication().passkeysAllowed()).isFalse();
    }

    private PolicyResult change(PasskeyPolicy policy) {
        return change(engine.caller(admin, LogonMethod.PASSWORD), policy);
    }

    private PolicyResult change(ProvenCaller caller, PasskeyPolicy policy) {
        return administration()
                .change(
                        caller,
                        new PolicyChange(policy, administration().current().version(), true));
    }

    private PasskeyPolicy policy() {
        return administration().current().policy();
    }

    private PolicyAdministration administration() {
        return engine.runtime().policyAdministration();
    }
}
