package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.Rejection;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.StoreUnderTest;
import org.passkeygraft.store.TestDatabase;

/** When an event costs the database something. */
@ParameterizedClass
@EnumSource
final class AuditTableTest {
    private final StoreUnderTest store;
    private final AuditTable table;
    private final LongAdder dropped = new LongAdder();

    AuditTableTest(TestDatabase database) {
        store = new StoreUnderTest(database);
        table = new AuditTable(store.store().audit(), store.clock(), Duration.ofDays(90), dropped::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEventIsOneInsertWithEverythingItSays() {
        table.record(event(
                AuditEvent.Type.LOGON,
                Map.of("method", "passkey", "passkey", "p", "key", "1", "header", "Origin", "by", "bob")));

        assertThat(store.counter().statements()).hasSize(1);
        assertThat(kept()).singleElement().satisfies(row -> {
            assertThat(row.event()).isEqualTo("LOGON");
            assertThat(row.time()).isEqualTo(store.clock().instant());
            assertThat(row.account()).isEqualTo("alice");
            assertThat(row.accountKey()).isEqualTo("1");
            assertThat(row.method()).isEqualTo("passkey");
            assertThat(row.passkey()).isEqualTo("p");
            assertThat(row.address()).isEqualTo("192.0.2.7");
            assertThat(row.userAgent()).isEqualTo("agent");
            assertThat(row.details()).isEqualTo("by=\"bob\" header=\"Origin\"");
        });
    }

    @Test
    void whatCostNothingWaitsForWhatDoes() {
        table.record(refused(Rejection.WRONG_ORIGIN));
        table.record(event(AuditEvent.Type.LOGON_THROTTLED, Map.of()));
        table.record(event(AuditEvent.Type.REQUEST_REFUSED, Map.of()));
        assertThat(store.counter().statements()).isEmpty();

        table.record(refused(Rejection.SIGNATURE));

        assertThat(store.counter().commits()).isEqualTo(1);
        assertThat(kept())
                .extracting(AuditRecord::event)
                .containsExactly("LOGON_REFUSED", "REQUEST_REFUSED", "LOGON_THROTTLED", "LOGON_REFUSED");
    }

    @Test
    void aFloodIsBoundedAndWhatFoundNoRoomIsCounted() {
        IntStream.range(0, 1234).forEach(index -> table.record(refused(Rejection.MALFORMED)));
        assertThat(store.counter().statements()).isEmpty();

        table.record(event(AuditEvent.Type.LOGON, Map.of()));

        assertThat(store.counter().statements()).hasSizeLessThanOrEqualTo(52);
        table.flush();
        assertThat(kept()).hasSize(1002);
        assertThat(kept())
                .filteredOn(row -> row.event().equals("EVENTS_DROPPED"))
                .singleElement()
                .satisfies(row -> assertThat(row.details()).isEqualTo("count=\"234\""));
        assertThat(dropped.sum()).isEqualTo(234);
    }

    @Test
    void t36_aFloodFromOneAddressPushesNobodyElseOut() {
        IntStream.range(0, 1234).forEach(index -> table.record(refused(Rejection.FIRST_FACTOR)));
        table.record(new AuditEvent(
                store.clock().instant(), AuditEvent.Type.REQUEST_REFUSED, "", "198.51.100.1", "agent", Map.of()));

        table.flush();

        assertThat(kept()).extracting(AuditRecord::event).contains("REQUEST_REFUSED");
    }

    @Test
    void t36_aFloodPushesOutNothingThatWaitsForTheDatabase() {
        store.rename("passkey_audit", "gone");
        table.record(event(AuditEvent.Type.LOGOFF, Map.of()));
        IntStream.range(0, 1234).forEach(index -> table.record(refused(Rejection.FIRST_FACTOR)));
        table.record(event(AuditEvent.Type.LOGON, Map.of()));
        store.rename("gone", "passkey_audit");
        store.clock().advance(Duration.ofSeconds(31));

        table.flush();

        assertThat(kept()).extracting(AuditRecord::event).contains("LOGON", "LOGOFF");
    }

    @Test
    void atTheEndNothingIsLeftWaiting() {
        table.record(refused(Rejection.CEREMONY_UNKNOWN));

        table.close();

        assertThat(kept()).hasSize(1);
    }

    @Test
    void aTableThatFailsIsLeftAloneForHalfAMinuteAndThenToldEverything() {
        store.rename("passkey_audit", "gone");
        table.record(event(AuditEvent.Type.LOGON, Map.of()));
        store.counter().reset();
        IntStream.range(0, 9).forEach(index -> table.record(event(AuditEvent.Type.LOGON, Map.of())));
        assertThat(store.counter().statements()).isEmpty();

        store.rename("gone", "passkey_audit");
        store.clock().advance(Duration.ofSeconds(31));
        table.record(event(AuditEvent.Type.LOGON, Map.of()));

        assertThat(kept()).hasSize(11);
    }

    @Test
    void whatFailsForEverDoesNotHoldUpTheRest() {
        store.rename("passkey_audit", "gone");
        for (int attempt = 0; attempt < 3; attempt++) {
            table.record(event(AuditEvent.Type.LOGON, Map.of()));
            store.clock().advance(Duration.ofSeconds(31));
        }
        store.rename("gone", "passkey_audit");

        table.record(event(AuditEvent.Type.LOGOFF, Map.of()));

        assertThat(kept()).extracting(AuditRecord::event).containsExactlyInAnyOrder("LOGOFF", "EVENTS_DROPPED");
    }

    private List<AuditRecord> kept() {
        return store.store().audit().newest(AuditFilter.ALL, "", 2000);
    }

    private AuditEvent refused(Rejection reason) {
        return event(AuditEvent.Type.LOGON_REFUSED, Map.of("reason", reason.name()));
    }

    private AuditEvent event(AuditEvent.Type type, Map<String, String> details) {
        return new AuditEvent(store.clock().instant(), type, "alice", "192.0.2.7", "agent", details);
    }
}
