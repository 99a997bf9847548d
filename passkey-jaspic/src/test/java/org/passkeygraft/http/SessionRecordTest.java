package org.passkeygraft.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.Proofs;

class SessionRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    @ParameterizedTest
    @ValueSource(strings = {"alice", "al\\ice", "a\nb", "a\r\nb\\n", "\\", "n\\\\\n"})
    void whatWasWrittenIsRead(String name) {
        SessionRecord record = record(name, Set.of("user", name));
        assertThat(SessionRecord.read(record.write())).contains(record);
    }

    @Test
    void aCallerMayHaveNoGroups() {
        SessionRecord record = record("alice", Set.of());
        assertThat(SessionRecord.read(record.write())).contains(record);
    }

    /** A group with a line break in it must not become two groups. */
    @Test
    void t94_noValueCanAddAGroup() {
        SessionRecord record = record("alice\nadmin", Set.of("user\nadmin"));
        assertThat(SessionRecord.read(record.write()).orElseThrow().groups()).containsExactly("user\nadmin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "3\nid\nalice\nalice\n0\n0\n0\n\n\n\n",
                "2\nid\nalice\nalice\nx\n0\n0\n\n\n\n\nuser",
                "2\nid\nalice\nalice\n0\n0\n0\nface\n\n\n\nuser",
                "rubbish"
            })
    void t81_anythingElseIsNobody(String text) {
        assertThat(SessionRecord.read(text)).isEmpty();
    }

    /** A clock that was set back must not let a session go unchecked until that moment comes again. */
    @Test
    void t106_aCheckDatedInTheFutureDoesNotCount() {
        Duration recheck = Duration.ofSeconds(60);
        Duration patience = Duration.ofMinutes(5);
        SessionRecord record = record("alice", Set.of());
        Instant tried = record.triedAt();

        assertThat(record.isCurrent(tried, recheck, patience)).isTrue();
        assertThat(record.isCurrent(tried.plusSeconds(59), recheck, patience)).isTrue();
        assertThat(record.isCurrent(tried.plusSeconds(60), recheck, patience)).isFalse();
        assertThat(record.isCurrent(tried.minusMillis(1), recheck, patience)).isFalse();
        assertThat(record.tried(NOW.plusSeconds(3600)).isCurrent(NOW, recheck, patience))
                .isFalse();
    }

    /** The directory was asked a moment ago, but has not answered for longer than is tolerated. */
    @Test
    void aSilentDirectoryIsAskedAgainByEveryRequest() {
        SessionRecord silent = record("alice", Set.of()).tried(NOW.plusSeconds(360));

        assertThat(silent.isCurrent(NOW.plusSeconds(360), Duration.ofSeconds(60), Duration.ofMinutes(5)))
                .isFalse();
    }

    private static SessionRecord record(String name, Set<String> groups) {
        return new SessionRecord(
                "logon",
                new Account(name, "key of " + name),
                groups,
                7,
                NOW,
                NOW.plusSeconds(1),
                Set.of(LogonMethod.PASSWORD, LogonMethod.SECURITY_KEY),
                SessionRecord.everything(Proofs.by(LogonMethod.PASSKEY, NOW)));
    }
}
