package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.AuditRecord;

@ParameterizedClass
@EnumSource
final class AuditStoreTest {
    private static final Duration KEPT = Duration.ofDays(90);

    private final TestClock clock = new TestClock();
    private final PasskeyStore store;
    private final AuditStore audit;

    AuditStoreTest(TestDatabase database) {
        store = Fixture.open(database.fresh(), clock);
        audit = store.audit();
    }

    static AuditRecord event(AuditStore audit, Instant time, String event) {
        return event(audit, time, event, "alice", "passkey", "");
    }

    private static AuditRecord event(
            AuditStore audit, Instant time, String event, String account, String method, String reason) {
        return new AuditRecord(
                audit.newId(time), time, event, account, "1", method, reason, "", "192.0.2.7", "agent", "x=\"y\"");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEventIsReadAsItWasWritten() {
        AuditRecord event = event(audit, Fixture.NOW, "LOGON");
        append(event);

        assertThat(all()).containsExactly(event);
    }

    @Test
    void whatIsTooLongIsCutAndNotLost() {
        String id = audit.newId(Fixture.NOW);
        String tooLong = "x".repeat(5000);
        append(new AuditRecord(
                id, Fixture.NOW, tooLong, tooLong, tooLong, tooLong, tooLong, tooLong, tooLong, tooLong, tooLong));

        assertThat(all()).singleElement().satisfies(kept -> {
            assertThat(kept.account()).hasSize(255);
            assertThat(kept.details()).hasSize(2000);
        });
    }

    @Test
    void theNewestComeFirstAlsoOfOneMomentAndAddedLate() {
        AuditRecord late = event(audit, Fixture.NOW.minusSeconds(1), "LATE");
        AuditRecord first = event(audit, Fixture.NOW, "FIRST");
        AuditRecord second = event(audit, Fixture.NOW, "SECOND");
        append(second);
        append(first, late);

        assertThat(all()).containsExactly(second, first, late);
    }

    @Test
    void pagesNeitherRepeatNorMissAnythingWhileEventsComeIn() {
        append(IntStream.range(0, 25)
                .mapToObj(second -> event(audit, Fixture.NOW.plusSeconds(second), "LOGON"))
                .toArray(AuditRecord[]::new));

        List<AuditRecord> seen = new ArrayList<>();
        List<AuditRecord> page = audit.newest(AuditFilter.ALL, "", 10);
        while (!page.isEmpty()) {
            seen.addAll(page);
            append(event(audit, Fixture.NOW.plusSeconds(100), "LOGON"));
            page = audit.newest(AuditFilter.ALL, page.get(page.size() - 1).id(), 10);
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void everyConditionNarrows() {
        Instant now = Fixture.NOW.truncatedTo(ChronoUnit.SECONDS);
        AuditRecord logon = event(audit, now, "LOGON", "alice", "passkey", "");
        AuditRecord refused = event(audit, now.plusSeconds(1), "LOGON_REFUSED", "alice", "password", "PASSWORD");
        AuditRecord bobs = event(audit, now.plusSeconds(2), "LOGON_REFUSED", "bob", "passkey", "COUNTER");
        append(logon, refused, bobs);

        assertThat(found("alice", "", "")).containsExactly(refused, logon);
        assertThat(found("", "LOGON_REFUSED", "")).containsExactly(bobs, refused);
        assertThat(found("", "", "COUNTER")).containsExactly(bobs);
        assertThat(found("alice", "LOGON_REFUSED", "PASSWORD")).containsExactly(refused);
        assertThat(found("bob", "LOGON", "")).isEmpty();
        assertThat(audit.newest(new AuditFilter("", "", "", now.plusSeconds(1), now.plusSeconds(2)), "", 9))
                .containsExactly(refused);
        assertThat(audit.newestLogons(9)).containsExactly(logon);
    }

    @Test
    void aNameThatLooksLikeSqlIsAName() {
        String name = "' or 1=1 --";
        AuditRecord event = event(audit, Fixture.NOW, "LOGON", name, "passkey", "");
        append(event, event(audit, Fixture.NOW, "LOGON"));

        assertThat(found(name, "", "")).containsExactly(event);
    }

    @Test
    void eventsAreCounted() {
        append(
                event(audit, Fixture.NOW, "LOGON", "alice", "passkey", ""),
                event(audit, Fixture.NOW, "LOGON", "bob", "passkey", ""),
                event(audit, Fixture.NOW, "LOGON", "bob", "password", ""),
                event(audit, Fixture.NOW.minusSeconds(9), "LOGON", "old", "password", ""),
                event(audit, Fixture.NOW, "LOGON_REFUSED", "bob", "password", "PASSWORD"));

        assertThat(audit.countByMethod("LOGON", Fixture.NOW)).isEqualTo(Map.of("passkey", 2L, "password", 1L));
        assertThat(audit.countByReason("LOGON_REFUSED", Fixture.NOW)).isEqualTo(Map.of("PASSWORD", 1L));
        assertThat(audit.count("LOGON", Fixture.NOW.minusSeconds(9), Fixture.NOW))
                .isEqualTo(1);
    }

    @Test
    void whatIsOldGoesWithALaterEventAndOnlyOnceAMinute() {
        append(event(audit, clock.instant(), "OLD"));
        clock.advance(KEPT.plusSeconds(1));
        append(event(audit, clock.instant(), "NEW"));
        append(event(audit, clock.instant().minus(KEPT).minusSeconds(1), "AGAIN OLD"));

        assertThat(all()).extracting(AuditRecord::event).containsExactly("NEW", "AGAIN OLD");
        clock.advance(Duration.ofMinutes(1));
        append();
        assertThat(all()).extracting(AuditRecord::event).containsExactly("NEW");
    }

    @Test
    void anIdIsTwentyFourDigitsForEveryTime() {
        Stream.of(Instant.MIN, Instant.EPOCH, Fixture.NOW, Instant.MAX)
                .forEach(time -> assertThat(AuditStore.isId(audit.newId(time))).isTrue());
        assertThat(AuditStore.isId("12345678901234567890123x")).isFalse();
        assertThat(audit.newId(Fixture.NOW)).startsWith("1795342530123456");
    }

    private List<AuditRecord> found(String account, String event, String reason) {
        return audit.newest(new AuditFilter(account, event, reason, Instant.EPOCH, Instant.MAX), "", 100);
    }

    private List<AuditRecord> all() {
        return audit.newest(AuditFilter.ALL, "", 100);
    }

    private void append(AuditRecord... events) {
        audit.append(List.of(events), KEPT);
    }
}
