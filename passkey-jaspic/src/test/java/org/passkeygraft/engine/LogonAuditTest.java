package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;
import static org.passkeygraft.engine.EngineUnderTest.assertion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Who came how, with which passkey, from where; or why not. */
final class LogonAuditTest {
    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
    private final AuditLines audit = new AuditLines();
    private String passkey = "";

    @BeforeEach
    void bindAPasskey() {
        engine.bindFirst(ALICE, device);
        passkey = engine.runtime().passkeys().list(ALICE).passkeys().get(0).id().key();
    }

    @AfterEach
    void close() {
        audit.close();
        engine.close();
    }

    @Test
    void aLogonNamesTheCallerTheMethodAndThePasskey() {
        engine.logOn(engine.beginLogon(""), device);

        assertThat(audit.last())
                .isEqualTo("LOGON account=\"alice\" address=\"192.0.2.7\" key=\"1\" method=\"passkey\" passkey=\""
                        + passkey + "\" agent=\"test\"");
    }

    @Test
    void aRefusalNamesTheReasonAndWhoseThePasskeyIsThatWasShown() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.logOn(ceremony, assertion(ceremony, device.lying().signedByAnotherKey()));

        assertThat(audit.last())
                .startsWith("LOGON_REFUSED account=\"alice\"")
                .contains("method=\"passkey\"", "reason=\"SIGNATURE\"", "passkey=\"" + passkey + "\"");
    }

    @Test
    void aPasskeyRefusedBeforeItsOwnerIsKnownIsNamedAllTheSame() {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.logOn(ceremony, assertion(ceremony, device.lying().withOrigin("https://evil.example")));

        assertThat(audit.last())
                .startsWith("LOGON_REFUSED account=\"\"")
                .contains("reason=\"WRONG_ORIGIN\"", "passkey=\"" + passkey + "\"");
    }

    @Test
    void anotherAccountsPasskeyIsNotedForItsOwner() {
        engine.logOn(engine.beginLogon(BOB.name()), device);

        assertThat(audit.last()).startsWith("LOGON_REFUSED account=\"alice\"").contains("reason=\"WRONG_ACCOUNT\"");
    }

    @Test
    void aWrongPasswordIsNotedUnderTheNameThatWasTyped() {
        engine.logOn("Alice ", "wrong");

        assertThat(audit.last())
                .startsWith("LOGON_REFUSED account=\"Alice \"")
                .contains("method=\"password\"", "reason=\"PASSWORD\"")
                .doesNotContain("wrong");
    }
}
