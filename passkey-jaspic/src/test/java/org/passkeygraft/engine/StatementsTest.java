package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.assertion;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.StatementCounter;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/**
 * What a logon and a binding ask of our database, from end to end, without the audit table; the accounts' own queries are
 * not among it (C4, C9).
 */
@ParameterizedClass
@EnumSource
final class StatementsTest {
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3"; // admin

    private final EngineUnderTest engine;
    private final StatementCounter counter;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();

    StatementsTest(TestDatabase database) {
        engine = EngineUnderTest.withoutAuditTable(database);
        counter = engine.counter();
    }

    @BeforeEach
    void bindAPasskey() {
        engine.bindFirst(ALICE, device);
        counter.reset();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theOptionsOfALogonAreNone() {
        engine.beginLogon("");
        engine.beginLogon("alice");

        assertThat(counter.statements()).isEmpty();
        assertThat(counter.commits()).isZero();
    }

    @Test
    void aLogonIsASelectAnInsertAndAnUpdateInOneTransaction() {
        LogonResult result = engine.logOn(engine.beginLogon(""), device);

        assertThat(result).isInstanceOf(LogonResult.Accepted.class);
        assertThat(counter.statements().stream().map(StatementsTest::what))
                .containsExactly(
                        "select passkey_credential", "insert passkey_spent_ceremony", "update passkey_credential");
        assertThat(counter.commits()).isEqualTo(1);
    }

    @Test
    void aRefusalBeforeTheSelectIsNone() {
        BegunCeremony ceremony = engine.beginLogon("");
        LogonResult result =
                engine.logOn(ceremony, assertion(ceremony, device.lying().withOrigin("https://evil.example")));

        assertThat(result).isEqualTo(new LogonResult.Rejected(Rejection.WRONG_ORIGIN));
        assertThat(counter.statements()).isEmpty();
    }

    @Test
    void aRefusalAfterTheSelectIsOneMore() {
        BegunCeremony ceremony = engine.beginLogon("");
        LogonResult result =
                engine.logOn(ceremony, assertion(ceremony, device.lying().signedByAnotherKey()));

        assertThat(result).isEqualTo(new LogonResult.Rejected(Rejection.SIGNATURE));
        assertThat(counter.statements().stream().map(StatementsTest::what))
                .containsExactly("select passkey_credential", "insert passkey_spent_ceremony");
    }

    @Test
    void noRefusalIsMoreThanALogon() {
        BegunCeremony unknown = engine.beginLogon("");
        engine.logOn(
                unknown,
                assertion(
                        unknown, device.lying().withCredentialId(device.newest().userHandle())));
        assertThat(counter.statements()).hasSizeLessThanOrEqualTo(3);
        counter.reset();

        BegunCeremony again = engine.beginLogon("");
        engine.logOn(again, device);
        counter.reset();
        engine.logOn(again, device);
        assertThat(counter.statements()).hasSizeLessThanOrEqualTo(3);
        counter.reset();

        BegunCeremony backward = engine.beginLogon("");
        engine.logOn(backward, assertion(backward, device.lying().withCounter(1)));
        assertThat(counter.statements()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aPasswordIsOneAndHalfALogonOneMore() {
        engine.addAccount("carol", HASH);
        counter.reset();
        // Policy, user and the count of passkeys together.
        assertThat(engine.logOn("carol", "admin")).isInstanceOf(LogonResult.Accepted.class);
        assertThat(ours()).containsExactly("select passkey_policy");

        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.REQUIRED));
        counter.reset();
        assertThat(engine.logOn("carol", "admin")).isInstanceOf(LogonResult.SecondFactorRequired.class);
        assertThat(ours()).containsExactly("select passkey_policy", "insert passkey_grant");
    }

    @Test
    void theOtherHalfIsSix() {
        Account carol = engine.addAccount("carol", HASH);
        SoftwareAuthenticator carols = SoftwareAuthenticator.synced();
        engine.bindFirst(carol, carols);
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND));
        String pass = ((LogonResult.SecondFactorRequired) engine.logOn("carol", "admin")).pass();
        BegunCeremony ceremony =
                EngineUnderTest.begun(engine.runtime().secondFactor().begin(pass, EngineUnderTest.CLIENT));
        counter.reset();

        LogonResult result = engine.runtime()
                .secondFactor()
                .end(pass, EngineUnderTest.answer(ceremony, assertion(ceremony, carols)), EngineUnderTest.CLIENT);

        assertThat(result).isInstanceOf(LogonResult.Accepted.class);
        assertThat(ours())
                .containsExactly(
                        "select passkey_grant",
                        "select passkey_credential",
                        "insert passkey_spent_ceremony",
                        "update passkey_credential",
                        "select passkey_policy",
                        "delete passkey_grant");
    }

    private List<String> ours() {
        return counter.statements().stream().map(StatementsTest::what).toList();
    }

    @Test
    void theEndOfABindingIsFive() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSKEY, "Second");
        counter.reset();

        BindResult result = engine.bind(ALICE, LogonMethod.PASSKEY, ceremony, SoftwareAuthenticator.synced());

        assertThat(result).isInstanceOf(BindResult.Bound.class);
        assertThat(counter.statements().stream().map(StatementsTest::what))
                .containsExactly(
                        "select passkey_user",
                        "insert passkey_spent_ceremony",
                        "update passkey_user",
                        "select passkey_credential",
                        "insert passkey_credential");
        assertThat(counter.commits()).isEqualTo(1);
    }

    @Test
    void askingAgainWhetherASessionHoldsIsOne() {
        assertThat(engine.runtime().authentication().standing(ALICE, 0)).isInstanceOf(Standing.Good.class);

        assertThat(counter.statements()).hasSize(1);
    }

    /** The verb and the first of our tables; the outer one if there is a subquery. */
    private static String what(String sql) {
        // How an outer join is spelled for H2.
        String lower = sql.toLowerCase(Locale.ROOT).replace("{oj ", "");
        String verb = lower.substring(0, lower.indexOf(' '));
        int table = verb.equals("select") ? lower.lastIndexOf("from passkey_") : lower.indexOf("passkey_");
        String rest = lower.substring(table).replace("from ", "");
        return verb + ' ' + rest.split("[^a-z_]", 2)[0];
    }
}
