package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.config.PasskeyConfiguration.Database;

@ParameterizedClass
@EnumSource
final class TimeZoneTest {
    /** As UTC this is the hour that New York skips in spring: 02:30 on 8 March 2026. */
    private static final Instant SKIPPED = Instant.parse("2026-03-08T02:30:00.654321Z");

    private final TimeZone before = TimeZone.getDefault();
    private final Database.Url database;

    TimeZoneTest(TestDatabase database) {
        this.database = database.fresh();
    }

    @AfterEach
    void restore() {
        TimeZone.setDefault(before);
    }

    @Test
    void timesAreUtcWhateverTheZoneThatWritesAndTheZoneThatReads() throws Exception {
        Account alice = Fixture.account("alice");
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try (PasskeyStore store = Fixture.open(database)) {
            store.users().deferBinding(alice, SKIPPED);
            assertThat(deferral(store, alice)).isEqualTo(SKIPPED);
        }

        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        try (PasskeyStore store = Fixture.open(database)) {
            assertThat(deferral(store, alice)).isEqualTo(SKIPPED);
            assertThat(Rows.of(store).text("select cast(binding_deferred_until as varchar) from passkey_user"))
                    .isEqualTo("2026-03-08 02:30:00.654321");
        }
    }

    @Test
    void timesAreComparedInUtc() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        TestClock clock = new TestClock();
        try (PasskeyStore store = Fixture.open(database, clock)) {
            store.credentials().spend(new SpentCeremony("just expired a day ago", clock.instant()));
            store.credentials()
                    .spend(new SpentCeremony("a second younger", clock.instant().plusSeconds(2)));
            clock.advance(Duration.ofHours(24).plusSeconds(1));

            store.credentials().spend(new SpentCeremony("new", clock.instant()));

            assertThat(Rows.of(store).text("select min(id) from passkey_spent_ceremony"))
                    .isEqualTo("a second younger");
            assertThat(Rows.of(store).count("passkey_spent_ceremony")).isEqualTo(2);
        }
    }

    private static Instant deferral(PasskeyStore store, Account account) {
        return store.users()
                .byKey(account.key())
                .orElseThrow()
                .bindingDeferred()
                .orElseThrow();
    }
}
