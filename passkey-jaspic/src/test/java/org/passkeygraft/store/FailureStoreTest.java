package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
    private static final int LIMIT = 10;
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

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
    void countsFirstFailureOnceHoweverManyAreFirst() {
        assertThat(AtOnce.run(20, guesser -> failures.count(List.of(first(ID)))))
                .filteredOn(counted -> counted)
                .hasSize(1);
    }

    @Test
    void t63_countsOneOfManyAtTheLimit() {
        failures.count(List.of(first(ID)));
        FailureCount last = atLimit(seen(ID));

        assertThat(AtOnce.run(20, guesser -> failures.count(List.of(last))))
                .filteredOn(counted -> counted)
                .hasSize(1);
        assertThat(seen(ID).count()).isEqualTo(2);
    }

    @Test
    void t132_countsAllBelowTheLimitAndNoneBeyond() {
        failures.count(List.of(first(ID)));
        FailureCount seenByAll = another(seen(ID));

        assertThat(AtOnce.run(2 * LIMIT, guesser -> failures.count(List.of(seenByAll))))
                .filteredOn(counted -> counted)
                .hasSize(LIMIT - 2);
        assertThat(seen(ID).count()).isEqualTo(LIMIT - 1);
        assertThat(seen(ID).undecided()).isEqualTo(LIMIT - 1);
    }

    @Test
    void countsSeveralTogetherOrNoneOfThem() {
        failures.count(List.of(first(ID)));
        FailureCount late = atLimit(failed(ID, 7));

        assertThat(failures.count(List.of(first(ANOTHER), late))).isFalse();
        assertThat(failures.count(List.of(first(ANOTHER), first(ID)))).isFalse();

        assertThat(failures.of(List.of(ID, ANOTHER))).isEqualTo(Map.of(ID, failed(ID, 1)));
    }

    @Test
    void opensAgainWhenTakenBackUnlessAnotherClosedItSince() {
        failures.count(List.of(first(ID)));
        FailureCount second = atLimit(seen(ID));
        failures.count(List.of(second));
        failures.takeBack(List.of(second));
        assertThat(seen(ID)).isEqualTo(failed(ID, 1));

        failures.count(List.of(second));
        FailureCount third = atLimit(seen(ID));
        failures.count(List.of(third));
        failures.takeBack(List.of(second));
        assertThat(seen(ID).count()).isEqualTo(2);
        assertThat(seen(ID).opensAt()).isEqualTo(third.after().opensAt());
    }

    @Test
    void neverCountsLessThanNone() {
        failures.count(List.of(first(ID)));
        failures.takeBack(List.of(first(ID)));
        failures.takeBack(List.of(first(ID)));
        failures.confirm(List.of(first(ID)));
        assertThat(seen(ID).count()).isZero();
        assertThat(seen(ID).undecided()).isZero();
    }

    @Test
    void forgivesWhatHasFailedAndNotWhatIsBeingChecked() {
        failures.count(List.of(first(ID)));
        failures.confirm(List.of(first(ID)));
        FailureCount second = another(seen(ID));
        failures.count(List.of(second));
        failures.count(List.of(another(seen(ID))));

        failures.forgive(List.of(second), List.of());
        assertThat(seen(ID).count()).isEqualTo(1);
        assertThat(seen(ID).undecided()).isEqualTo(1);

        failures.forgive(List.of(second), List.of());
        assertThat(failures.of(List.of(ID))).isEmpty();
    }

    /** A check that began in one minute and ended in the next. */
    @Test
    void t132_takesNothingBackFromALaterCount() {
        FailureCount before = first(ID);
        failures.count(List.of(before));
        clock.advance(Duration.ofHours(1));
        Failures expired = seen(ID);
        failures.count(List.of(new FailureCount(expired, failed(ID, 1), true, LIMIT, LATER)));

        failures.takeBack(List.of(before));
        failures.confirm(List.of(before));

        assertThat(seen(ID).count()).isEqualTo(1);
        assertThat(seen(ID).undecided()).isEqualTo(1);
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
        Failures first = failed(id, 1);
        return new FailureCount(null, first, true, LIMIT, first.expiresAt());
    }

    private FailureCount another(Failures before) {
        Failures after = failed(before.id(), before.count() + 1);
        return new FailureCount(before, after, false, LIMIT, after.expiresAt());
    }

    private FailureCount atLimit(Failures before) {
        Failures after = failed(before.id(), before.count() + 1);
        return new FailureCount(before, after, false, after.count(), after.expiresAt());
    }

    private Failures failed(String id, int times) {
        return new Failures(
                id,
                times,
                times,
                clock.instant().plusSeconds(times),
                clock.instant().plus(Duration.ofHours(1)));
    }
}
