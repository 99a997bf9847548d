package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class PolicyStoreTest {
    private static final PasskeyPolicy DEFAULT = new PasskeyPolicy(true, 5, true);
    private static final PasskeyPolicy OFF = new PasskeyPolicy(false, 3, false);

    private final Database.Url database;
    private final TestClock clock = new TestClock();

    PolicyStoreTest(TestDatabase database) {
        this.database = database.fresh();
    }

    @Test
    void theFirstStartTakesTheDefaultsAndLaterStartsWhatTheyFind() {
        try (PasskeyStore first = Fixture.open(database, clock)) {
            assertThat(first.policy().current()).isEqualTo(DEFAULT);
            first.policy().change(OFF);
            assertThat(first.policy().current()).isEqualTo(OFF);

            try (PasskeyStore second = Fixture.open(database, clock)) {
                assertThat(second.policy().current()).isEqualTo(OFF);
            }
        }
    }

    @Test
    void aChangeElsewhereIsSeenWithinFiveSeconds() {
        try (PasskeyStore here = Fixture.open(database, clock);
                PasskeyStore elsewhere = Fixture.open(database, clock)) {
            assertThat(here.policy().current()).isEqualTo(DEFAULT);

            elsewhere.policy().change(OFF);
            clock.advance(Duration.ofSeconds(4));
            assertThat(here.policy().current()).isEqualTo(DEFAULT);
            clock.advance(Duration.ofSeconds(1));
            assertThat(here.policy().current()).isEqualTo(OFF);
        }
    }

    @Test
    void aLogonBringsThePolicyAlong() {
        try (PasskeyStore here = Fixture.open(database, clock);
                PasskeyStore elsewhere = Fixture.open(database, clock)) {
            PasskeyUser alice = here.users().establish(Fixture.account("alice"));
            var passkey = Fixture.passkey(alice.handle(), "Phone");
            here.credentials().bind(Fixture.ceremony(), passkey, 5);
            assertThat(here.policy().current()).isEqualTo(DEFAULT);
            elsewhere.policy().change(OFF);

            assertThat(here.credentials().forLogon(passkey.id()).orElseThrow().policy())
                    .isEqualTo(OFF);

            assertThat(here.policy().current()).isEqualTo(OFF);
        }
    }

    @Test
    void theCopyCostsNoStatement() {
        StatementCounter counter = StatementCounter.of(database);
        try (PasskeyStore store = Fixture.open(counter.database(), clock)) {
            store.policy().current();
            counter.reset();

            store.policy().current();
            store.sealingKeys().keys();
            assertThat(counter.statements()).isEmpty();

            clock.advance(Duration.ofSeconds(5));
            store.policy().current();
            assertThat(counter.statements()).hasSize(1);
        }
    }

    @Test
    void serversThatStartAtOnceOnAnEmptyDatabaseAgree() {
        List<List<Object>> seen = AtOnce.run(4, index -> {
            try (PasskeyStore store = Fixture.open(database, clock)) {
                return List.of(store.policy().current(), store.sealingKeys().keys());
            }
        });

        assertThat(seen).hasSize(4);
        assertThat(seen.stream().distinct()).hasSize(1);
    }
}
