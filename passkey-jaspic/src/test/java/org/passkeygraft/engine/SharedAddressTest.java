package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.TestDatabase;

/** What the log says where everybody seems to come from one address. */
final class SharedAddressTest {
    private static final String PROXY = "10.0.0.9";

    private final Logger logger = Logger.getLogger(SharedAddress.class.getName());
    private final List<String> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            warnings.add(MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final SharedAddress shared = new SharedAddress();

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
    }

    @Test
    void twentyLogonsOfThreeAccountsFromOneAddressAreTellingAndToldOnce() {
        logOn(19, 3, PROXY);
        assertThat(warnings).isEmpty();
        logOn(30, 3, PROXY);

        assertThat(warnings).singleElement().asString().contains("passkey.proxy.trusted=" + PROXY);
    }

    @Test
    void onePersonOrAnotherAddressBetweenIsNothing() {
        logOn(50, 2, PROXY);
        shared.record(logon("carol", "198.51.100.7"));
        logOn(19, 3, PROXY);
        shared.record(logon("carol", "198.51.100.7"));

        assertThat(warnings).isEmpty();
    }

    @Test
    void theTrailSaysItWhenTheApplicationStarts() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            engine.elsewhere(store -> {
                for (int i = 0; i < 20; i++) {
                    Instant time = Instant.parse("2026-11-22T10:00:00Z").plusSeconds(i);
                    String id = store.audit().newId(time);
                    AuditRecord logon =
                            new AuditRecord(id, time, "LOGON", "user" + i % 3, "", "password", "", "", PROXY, "", "");
                    store.audit().append(List.of(logon), Duration.ofDays(9_000));
                }
                shared.look(store.audit());
            });
        }
        assertThat(warnings).hasSize(1);
    }

    private void logOn(int times, int accounts, String address) {
        for (int i = 0; i < times; i++) {
            shared.record(logon("user" + i % accounts, address));
        }
    }

    private static AuditEvent logon(String account, String address) {
        return new AuditEvent(Instant.EPOCH, AuditEvent.Type.LOGON, account, address, "", Map.of());
    }
}
