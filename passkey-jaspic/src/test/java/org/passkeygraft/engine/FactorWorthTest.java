package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What pages promise is what the rules of the logon decide. */
final class FactorWorthTest {
    @ParameterizedTest
    @CsvSource({
        "ALLOWED, OFF, LOGON, false",
        "ALLOWED, WHEN_BOUND, HALF, false",
        "ALLOWED, REQUIRED, HALF, true",
        "WHILE_NO_PASSKEY, OFF, NOTHING, true",
    })
    void promisesAfterBindingWhatTheLogonDecides(
            PasswordRule password, SecondFactorRule rule, FactorWorth worth, boolean lastStays) {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            engine.changePolicy(PasskeyPolicy.STANDARD.withPassword(password).withSecondFactor(rule));
            engine.clock().advance(Duration.ofSeconds(6));
            SoftwareAuthenticator device = SoftwareAuthenticator.synced();
            engine.bindFirst(ALICE, device);
            String passkey = engine.runtime()
                    .passkeys()
                    .list(ALICE)
                    .passkeys()
                    .get(0)
                    .id()
                    .key();

            assertThat(engine.runtime().passkeys().passwordAfterBinding(Set.of("staff")))
                    .isEqualTo(worth);
            assertThat(engine.runtime().passkeys().keepsLast(Set.of("staff"))).isEqualTo(lastStays);
            assertThat(engine.runtime().passkeys().delete(engine.caller(ALICE, LogonMethod.PASSKEY), passkey))
                    .isEqualTo(lastStays ? Optional.of(Rejection.LAST_PASSKEY) : Optional.empty());
        }
    }
}
