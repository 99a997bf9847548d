package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class FailureStoreTest {
    private static final String ID = "A".repeat(43);
    private static final String ANOTHER = "B".repeat(43);

    private final TestClock clock = new TestClock();
    private final StatementCounter counter;
    private final PasskeyStore store;
    private final FailureStore failures;

    FailureStoreTest(TestDatabase database) {
        counter = StatementCounter.of(database.fresh());
        store = Fixture.open(counter.database(), clock);
        failures = store.failures();
        counter.reset();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void ofManyCountsOfWhatAllHaveSeenOneIsMade() {
        assertThat(AtOnce.run(20, guesser -> failures.count(List.of(first(ID)))))
                .filteredOn(counted -> counted)
                .hasSize(1);
        Failures seen = seen(ID);

        assertThat(AtOnce.run(20, guesser -> failures.count(List.of(another(seen)))))
                .filteredOn(counted -> counted)
                .hasSize(1);
        assertThat(seen(ID).count()).isEqualTo(2);
    }

    @Test
    void severalAreCountedTogetherOrNotAtAll() {
        failures.count(List.of(first(ID)));
        FailureCount late = new FailureCount(failed(ID, 7), failed(ID, 8));

        assertThat(failures.count(List.of(first(ANOTHER), late))).isFalse();
        assertThat(failures.count(List.of(first(ANOTHER), first(ID)))).isFalse();

        assertThat(failures.of(List.of(ID, ANOTHER))).isEqualTo(Map.of(ID, failed(ID, 1)));
    }

    @Test
    void aCountTakenBackOpensAgainUnlessAnotherClosedItSince() {
        failures.count(List.of(first(ID)));
        FailureCount second = another(seen(ID));
        failures.count(List.of(second));
        failures.takeBack(List.of(second));
        assertThat(seen(ID)).isEqualTo(failed(ID, 1));

        failures.count(List.of(second));
        FailureCount third = another(seen(ID));
        failures.count(List.of(third));
        failures.takeBack(List.of(second));
        assertThat(seen(ID).count()).isEqualTo(2);
        assertThat(seen(ID).opensAt()).isEqualTo(third.after().opensAt());
    }

    @Test
    void noCountFallsBelowNone() {
        failures.count(List.of(first(ID)));
        failures.takeBack(List.of(first(ID)));
        failures.takeBack(List.of(first(ID)));
        assertThat(seen(ID).count()).isZero();
    }

    @Test
    void whatHasExpiredGoesWithALaterOneAtMostOnceAMinute() throws Exception {
        failures.count(List.of(first(ID)));
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        counter.reset();
        failures.count(List.of(first(ANOTHER)));
        failures.count(List.of(another(seen(ANOTHER))));

        assertThat(Rows.of(store).count("passkey_throttle")).isEqualTo(1);
        assertThat(counter.statements())
                .filteredOn(sql -> sql.startsWith("DELETE"))
                .hasSize(1);
    }

    private Failures seen(String id) {
        return Objects.requireNonNull(failures.of(List.of(id)).get(id));
    }

    private FailureCount first(String id) {
        return new FailureCount(null, failed(id, 1));
    }

    private FailureCount another(Failures before) {
        return new FailureCount(before, failed(before.id(), before.count() + 1));
    }

    private Failures failed(String id, int times) {
        return new Failures(
                id, times, clock.instant().plusSeconds(times), clock.instant().plus(Duration.ofHours(1)));
    }
}
