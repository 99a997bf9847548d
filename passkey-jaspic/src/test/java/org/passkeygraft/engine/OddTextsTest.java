package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.CLIENT;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-95: texts that would mean something in a statement mean themselves only. */
@ParameterizedClass
@EnumSource
final class OddTextsTest {
    private static final List<String> NAMES = List.of(
            "o'hara", "a\"b", "a--b", "a%b", "a_b", "axb", "%", "_", "\\", "a;drop", "' or 1=1", "{x}", ":name");
    private static final String PASSWORD = "admin";
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";

    private final EngineUnderTest engine;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();

    OddTextsTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void t95_anOddNameLogsItsOwnAccountOn() {
        List<Account> accounts =
                NAMES.stream().map(name -> engine.addAccount(name, HASH)).toList();

        assertThat(accounts).allSatisfy(account -> {
            assertThat(engine.logOn(account.name(), PASSWORD))
                    .isInstanceOfSatisfying(
                            Accepted.class,
                            accepted -> assertThat(accepted.account()).isEqualTo(account));
            SoftwareAuthenticator own = SoftwareAuthenticator.synced();
            engine.bind(
                    account,
                    LogonMethod.PASSWORD,
                    engine.beginBinding(account, LogonMethod.PASSWORD, account.name()),
                    own);
            assertThat(engine.logOn(engine.beginLogon(account.name()), own))
                    .isInstanceOfSatisfying(
                            Accepted.class,
                            accepted -> assertThat(accepted.account()).isEqualTo(account));
            assertThat(engine.runtime().auditTrail().newest(of(account.name()), "", 100))
                    .isNotEmpty();
        });
    }

    @Test
    void t95_aWildcardStandsForNoOtherName() {
        engine.addAccount("axb", HASH);
        engine.bindFirst(engine.addAccount("ab", HASH), device);

        for (String name : List.of("%", "_xb", "a_b", "a%", "' or 1=1", "axb' --")) {
            assertThat(engine.logOn(name, PASSWORD)).as(name).isEqualTo(new LogonResult.Rejected(Rejection.PASSWORD));
            assertThat(engine.runtime().users().search(name).users()).as(name).isEmpty();
            assertThat(engine.runtime().users().search(name).neverSeen())
                    .as(name)
                    .isEmpty();
            assertThat(engine.runtime().auditTrail().newest(of(name), "", 100))
                    .as(name)
                    .allMatch(event -> event.account().equals(name));
        }
    }

    @Test
    void t95_aSearchTakesWildcardsAsLetters() {
        NAMES.forEach(name -> engine.bindFirst(engine.addAccount(name, HASH), SoftwareAuthenticator.synced()));

        assertThat(found("%")).containsExactly("%");
        assertThat(found("a_")).containsExactly("a_b");
        assertThat(found("a%")).containsExactly("a%b");
        assertThat(found("\\")).containsExactly("\\");
        assertThat(found("'")).containsExactly("' or 1=1");
    }

    @Test
    void t95_aNameWithNulIsRefusedLikeAnyUnknownOne() {
        engine.bindFirst(engine.addAccount("alan", HASH), device);

        for (String name : List.of("\0", "alan\0", "al\0an", "\0alan")) {
            assertThat(engine.logOn(name, PASSWORD)).isEqualTo(new LogonResult.Rejected(Rejection.NAME));
            assertThat(engine.runtime().authentication().beginLogon(name, CLIENT))
                    .isInstanceOf(CeremonyStart.Refused.class);
            assertThat(engine.redeem(name, "pkt1." + "A".repeat(43))).isInstanceOf(LogonResult.Rejected.class);
            assertThat(engine.runtime().users().search(name).users()).isEmpty();
            assertThat(engine.runtime().secondFactor().state(name)).isEmpty();
        }
        assertThat(engine.logOn("alan", PASSWORD)).isInstanceOf(Accepted.class);
        assertThat(engine.runtime().auditTrail().newest(AuditFilter.ALL, "", 100))
                .hasSizeGreaterThan(8)
                .noneMatch(event -> event.account().indexOf('\0') >= 0);
    }

    private static AuditFilter of(String account) {
        return new AuditFilter(account, "", "", Instant.EPOCH, Instant.MAX);
    }

    private Set<String> found(String beginning) {
        return engine.runtime().users().search(beginning).users().stream()
                .map(user -> user.account().name())
                .collect(Collectors.toSet());
    }
}
