package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Two at the other half of a logon at once. */
@ParameterizedClass
@EnumSource
final class SecondFactorRacesTest {
    private final TestDatabase database;
    private final HalfLogonSteps steps;
    private final EngineUnderTest engine;
    private final Account carol;

    SecondFactorRacesTest(TestDatabase database) {
        this.database = database;
        steps = new HalfLogonSteps(database);
        engine = steps.engine;
        carol = steps.carol;
    }

    @AfterEach
    void close() {
        steps.close();
    }

    @Test
    void t31_ofManyAnswersAtOnceWithOneHalfOneLogsOn() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND));
        SoftwareAuthenticator synced = SoftwareAuthenticator.synced();
        engine.bindFirst(carol, synced);
        String pass = steps.pass();
        List<BegunCeremony> ceremonies = AtOnce.run(8, index -> steps.begin(pass));

        List<LogonResult> results = AtOnce.run(
                8,
                index -> steps.secondFactor()
                        .end(
                                pass,
                                EngineUnderTest.answer(
                                        ceremonies.get(index),
                                        EngineUnderTest.assertion(ceremonies.get(index), synced)),
                                EngineUnderTest.CLIENT));

        assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(1);
    }

    @Test
    void t119_ofManyBoundAtOnceByPasswordOneStays() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.REQUIRED));
        List<String> passes = AtOnce.run(4, index -> steps.pass());
        List<BegunCeremony> ceremonies = IntStream.range(0, 4)
                .mapToObj(index -> steps.beginBinding(passes.get(index), "Device " + index))
                .toList();

        List<LogonResult> results = HeldUser.queue(
                engine,
                database,
                carol,
                4,
                index -> steps.bind(passes.get(index), ceremonies.get(index), SoftwareAuthenticator.synced()));

        assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(1);
        assertThat(engine.runtime().passkeys().list(carol).passkeys()).hasSize(1);
    }

    @Test
    void t50_ofTheLastTwoDeletedAtOnceOneStays() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.REQUIRED));
        SoftwareAuthenticator device = SoftwareAuthenticator.synced();
        engine.bindFirst(carol, device);
        SoftwareAuthenticator other = SoftwareAuthenticator.synced();
        engine.bind(carol, LogonMethod.PASSKEY, engine.beginBinding(carol, LogonMethod.PASSKEY, "Second"), other);
        List<String> keys = List.of(
                device.newest().id().sha256().base64url(),
                other.newest().id().sha256().base64url());

        AtOnce.run(2, index -> steps.delete(keys.get(index)));

        assertThat(engine.runtime().passkeys().list(carol).passkeys()).hasSize(1);
    }
}
