package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.assertion;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.store.StatementCounter;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What the audit table adds to {@link StatementsTest}: one insert after the logon's own transaction (C4, C9). */
@ParameterizedClass
@EnumSource
final class AuditStatementsTest {
    private final EngineUnderTest engine;
    private final StatementCounter counter;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();

    AuditStatementsTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
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
    void aLogonIsOneInsertMoreInATransactionOfItsOwn() {
        engine.logOn(engine.beginLogon(""), device);

        assertThat(counter.statements()).hasSize(4);
        assertThat(audited()).hasSize(1);
        assertThat(counter.statements().get(3)).isEqualTo(audited().get(0));
        assertThat(counter.commits()).isEqualTo(2);
    }

    @Test
    void aRefusalBeforeTheSelectIsStillNoneHoweverMany() {
        IntStream.range(0, 60).forEach(index -> {
            BegunCeremony ceremony = engine.beginLogon("");
            engine.logOn(ceremony, assertion(ceremony, device.lying().withOrigin("https://evil.example")));
        });
        engine.logOn("", "");
        engine.logOn("x".repeat(256), "");
        engine.redeem("alice", "pkt1.nonsense");

        assertThat(counter.statements()).isEmpty();
    }

    @Test
    void aRefusalAfterTheSelectIsOneInsertMoreAndStillLessThanALogon() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.logOn(ceremony, assertion(ceremony, device.lying().signedByAnotherKey()));

        assertThat(counter.statements()).hasSize(3);
        assertThat(audited()).hasSize(1);
    }

    @Test
    void aBindingIsOneInsertMore() {
        BegunCeremony ceremony = engine.beginBinding(ALICE, LogonMethod.PASSKEY, "Second");
        counter.reset();

        engine.bind(ALICE, LogonMethod.PASSKEY, ceremony, SoftwareAuthenticator.synced());

        assertThat(counter.statements()).hasSize(6);
        assertThat(audited()).hasSize(1);
    }

    @Test
    void aLogonStandsWhateverBecomesOfTheTable() {
        engine.breakStore("passkey_audit", true);

        assertThat(engine.logOn(engine.beginLogon(""), device)).isInstanceOf(LogonResult.Accepted.class);
        assertThat(engine.logOn(engine.beginLogon(""), device)).isInstanceOf(LogonResult.Accepted.class);
        assertThat(audited()).hasSizeLessThanOrEqualTo(1);
    }

    private List<String> audited() {
        return counter.statements().stream()
                .filter(sql -> sql.startsWith("INSERT INTO passkey_audit"))
                .toList();
    }
}
