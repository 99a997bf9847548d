package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.BindResult.Bound;
import org.passkeygraft.BindResult.Refused;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.Rejection;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Several who bind a passkey of another name each to one account, and of whom none has seen another's. */
@ParameterizedClass
@EnumSource
final class BindingRacesTest {
    private static final int AT_ONCE = 4;

    private final TestDatabase database;
    private final EngineUnderTest engine;

    BindingRacesTest(TestDatabase database) {
        this.database = database;
        this.engine = new EngineUnderTest(database);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void t119_ofManyBoundAtOnceByPasswordOneIsKept() {
        List<BegunCeremony> ceremonies = IntStream.range(0, AT_ONCE)
                .mapToObj(number -> engine.beginBinding(ALICE, LogonMethod.PASSWORD, "Device " + number))
                .toList();

        assertOneIsKept(
                ceremonies, made -> engine.runtime().passkeys().bind(engine.caller(ALICE, LogonMethod.PASSWORD), made));
    }

    @Test
    void ofManyThatBrowsersMakeByThemselvesAtOnceOneIsKept() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSilentUpgrade(true));
        List<BegunCeremony> ceremonies = IntStream.range(0, AT_ONCE)
                .mapToObj(number -> EngineUnderTest.begun(engine.runtime()
                        .upgrades()
                        .begin(engine.caller(ALICE, LogonMethod.PASSWORD), new PasskeyName("Browser " + number))))
                .toList();

        assertOneIsKept(
                ceremonies, made -> engine.runtime().upgrades().end(engine.caller(ALICE, LogonMethod.PASSWORD), made));
    }

    private void assertOneIsKept(List<BegunCeremony> ceremonies, Function<CeremonyAnswer, BindResult> end) {
        List<CeremonyAnswer> made =
                ceremonies.stream().map(BindingRacesTest::made).toList();

        List<BindResult> results =
                HeldUser.queue(engine, database, ALICE, AT_ONCE, number -> end.apply(made.get(number)));

        assertThat(results).filteredOn(Bound.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(new Refused(Rejection.LIMIT)::equals).hasSize(AT_ONCE - 1);
        assertThat(engine.runtime().passkeys().list(ALICE).passkeys()).hasSize(1);
    }

    private static CeremonyAnswer made(BegunCeremony ceremony) {
        try {
            return EngineUnderTest.made(ceremony, SoftwareAuthenticator.synced());
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
