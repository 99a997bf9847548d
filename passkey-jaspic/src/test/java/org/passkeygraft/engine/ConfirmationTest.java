package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

@ParameterizedClass
@EnumSource
final class ConfirmationTest {
    private static final Client CLIENT = new Client("192.0.2.9", "test");

    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();
    private final EngineUnderTest engine;

    ConfirmationTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** Else no administrator who has one could switch passkeys on again once the proof of before has grown old. */
    @Test
    void t51_aPasskeyStillProvesWhilePasskeysAreSwitchedOff() {
        engine.bindFirst(ALICE, device);
        BegunCeremony logon = engine.beginLogon("");
        engine.allowPasskeys(false);

        assertThat(engine.logOn(logon, device)).isEqualTo(new LogonResult.Rejected(Rejection.PASSKEYS_OFF));
        assertThat(confirm()).isInstanceOf(LogonResult.Accepted.class);
    }

    private LogonResult confirm() {
        Confirmation confirmation = engine.runtime().confirmation();
        BegunCeremony begun = ((CeremonyStart.Begun) confirmation.begin(ALICE, CLIENT)).ceremony();
        CeremonyAnswer answer =
                new CeremonyAnswer(EngineUnderTest.assertion(begun, device), Map.of(begun.tag(), begun.token()));
        return confirmation.confirm(ALICE, new LogonRequest.Assertion(answer, CLIENT));
    }
}
