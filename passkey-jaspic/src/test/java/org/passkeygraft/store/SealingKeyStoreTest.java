package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.config.PasskeyConfiguration.Database;

@ParameterizedClass
@EnumSource
final class SealingKeyStoreTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private final Database.Url database;
    private final TestClock clock = new TestClock();
    private final PasskeyStore store;

    SealingKeyStoreTest(TestDatabase database) {
        this.database = database.fresh();
        this.store = Fixture.open(this.database, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstKeySealsAtOnceEvenWhereTheClockIsBehind() {
        SealingKey key = onlyKey(store.sealingKeys().keys());

        assertThat(key.id()).hasSize(8);
        assertThat(key.key().length()).isEqualTo(32);
        assertThat(key.sealFrom()).isBefore(clock.instant().minus(Duration.ofMinutes(30)));
        assertThat(key.openUntil()).isAfter(clock.instant().plus(YEAR));
    }

    @Test
    void theKeyNeverPrints() {
        SealingKey key = onlyKey(store.sealingKeys().keys());

        assertThat(key.toString()).contains(key.id()).doesNotContain(key.key().base64url());
    }

    @Test
    void everyServerSealsWithTheSameKey() {
        try (PasskeyStore other = Fixture.open(database, clock)) {
            assertThat(other.sealingKeys().keys()).isEqualTo(store.sealingKeys().keys());
        }
    }

    @Test
    void theNextKeyIsMadeAnHourBeforeAYearIsOver() {
        SealingKey first = onlyKey(store.sealingKeys().keys());
        clock.advance(YEAR.minus(Duration.ofHours(3)));
        try (PasskeyStore early = Fixture.open(database, clock)) {
            assertThat(early.sealingKeys().keys()).containsExactly(first);
        }

        clock.advance(Duration.ofHours(1));
        try (PasskeyStore due = Fixture.open(database, clock)) {
            List<SealingKey> keys = due.sealingKeys().keys();
            assertThat(keys).hasSize(2).startsWith(first);
            assertThat(keys.get(1).sealFrom()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        }
    }

    @Test
    void aKeyThatOpensNothingAnyMoreGoesAndAnotherSealsAtOnce() {
        SealingKey first = onlyKey(store.sealingKeys().keys());
        clock.advance(YEAR.multipliedBy(2));

        try (PasskeyStore later = Fixture.open(database, clock)) {
            SealingKey key = onlyKey(later.sealingKeys().keys());
            assertThat(key.id()).isNotEqualTo(first.id());
            assertThat(key.sealFrom()).isBefore(clock.instant());
        }
    }

    @Test
    void anOldCopyIsGivenAtOnceAndRenewedBeside() throws Exception {
        List<SealingKey> before = store.sealingKeys().keys();
        clock.advance(YEAR.minus(Duration.ofHours(2)));

        assertThat(store.sealingKeys().keys()).isEqualTo(before);

        assertThat(soon(2)).startsWith(before.get(0));
    }

    @Test
    void theReaderIsGoneWhenItHasRead() throws Exception {
        clock.advance(YEAR.minus(Duration.ofHours(2)));
        store.sealingKeys().keys();
        soon(2);

        store.close();

        assertThat(Threads.named("passkey sealing keys")).isEmpty();
    }

    private List<SealingKey> soon(int count) throws InterruptedException {
        Instant patience = Instant.now().plusSeconds(20);
        while (store.sealingKeys().keys().size() < count && Instant.now().isBefore(patience)) {
            Thread.sleep(20);
        }
        assertThat(store.sealingKeys().keys()).hasSize(count);
        return store.sealingKeys().keys();
    }

    private static SealingKey onlyKey(List<SealingKey> keys) {
        assertThat(keys).hasSize(1);
        return keys.get(0);
    }
}
