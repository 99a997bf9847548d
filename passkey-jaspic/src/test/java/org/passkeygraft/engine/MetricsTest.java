package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

final class MetricsTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();

    @BeforeEach
    void bindAPasskey() {
        engine.bindFirst(ALICE, device);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void whatHappensIsCountedByMethodAndReason() {
        logOnAfter(Duration.ofSeconds(3));
        logOnAfter(Duration.ofSeconds(40));
        engine.logOn("alice", "wrong");

        Metrics metrics = engine.runtime().metrics();
        assertThat(metrics.getLogons()).isEqualTo(Map.of("passkey", 2L));
        assertThat(metrics.getRefusals()).isEqualTo(Map.of("PASSWORD", 1L));
        assertThat(metrics.getPasskeysBound()).isEqualTo(1);
        assertThat(metrics.getCeremonies()).isEqualTo(2);
        assertThat(metrics.getCeremonySeconds()).isBetween(42.9, 43.1);
        assertThat(metrics.getAnswerSeconds()).isPositive();
    }

    @Test
    void nobodyMakesWhatIsCountedGrow() {
        Metrics metrics = engine.runtime().metrics();

        for (int index = 0; index < 100; index++) {
            metrics.record(new AuditEvent(
                    engine.clock().instant(),
                    AuditEvent.Type.LOGON_REFUSED,
                    "",
                    "",
                    "",
                    Map.of("reason", "made up " + index)));
        }

        assertThat(metrics.getRefusals()).isEmpty();
    }

    @Test
    void openMetricsNamesTheFamilyAndTheSamplesAndEnds() {
        logOnAfter(Duration.ofSeconds(3));

        assertThat(engine.runtime().metrics().text(true))
                .contains("# TYPE passkey_logons counter\n", "passkey_logons_total{method=\"passkey\"} 1\n")
                .contains(
                        "# TYPE passkey_ceremony_seconds histogram\n",
                        "passkey_ceremony_seconds_bucket{le=\"2.0\"} 0\n",
                        "passkey_ceremony_seconds_bucket{le=\"5.0\"} 1\n",
                        "passkey_ceremony_seconds_bucket{le=\"+Inf\"} 1\n",
                        "passkey_ceremony_seconds_count 1\n")
                .endsWith("\n# EOF\n");
    }

    @Test
    void theOlderFormatNamesTheSamplesOnlyAndDoesNotEnd() {
        assertThat(engine.runtime().metrics().text(false))
                .contains("# TYPE passkey_throttled_total counter\n", "passkey_throttled_total 0\n")
                .doesNotContain("# EOF");
    }

    @Test
    void everyApplicationHasABeanOfItsOwnAsLongAsItIsOpen() throws Exception {
        logOnAfter(Duration.ofSeconds(1));
        Set<ObjectName> before = beans();
        try (EngineUnderTest another = new EngineUnderTest(TestDatabase.H2)) {
            assertThat(another.runtime().metrics().getLogons()).isEmpty();
            assertThat(beans()).hasSize(before.size() + 1);
        }

        assertThat(beans()).isEqualTo(before);
        assertThat(before).extracting(bean -> bean.getKeyProperty("context")).contains("\"/app\"");
        List<Integer> logons =
                before.stream().map(MetricsTest::logons).map(TabularData::size).toList();
        assertThat(logons).contains(1);
    }

    @Test
    void theDocumentListsEveryMetricAndNoOther() throws IOException {
        String document = Files.readString(Path.of("../docs/audit-and-metrics.md"));
        Set<String> families =
                names("^# TYPE (passkey_[a-z_]+) ", engine.runtime().metrics().text(true));

        assertThat(names("^\\| `(passkey_[a-z_]+?)(?:_total)?`", document)).isEqualTo(families);
    }

    @Test
    void theDocumentListsEveryEventAndNoOther() throws IOException {
        String document = Files.readString(Path.of("../docs/audit-and-metrics.md"));

        assertThat(names("^\\| `([A-Z_]+)`", document))
                .isEqualTo(Set.copyOf(engine.runtime().auditTrail().events()));
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private void logOnAfter(Duration time) {
        BegunCeremony ceremony = engine.beginLogon("");
        engine.clock().advance(time);
        engine.logOn(ceremony, device);
    }

    private static Set<ObjectName> beans() throws Exception {
        return JMX.queryNames(new ObjectName("org.passkeygraft:type=Passkeys,*"), null);
    }

    private static TabularData logons(ObjectName bean) {
        try {
            return (TabularData) JMX.getAttribute(bean, "Logons");
        } catch (JMException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
