package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.CredentialId;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.AtOnce;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** How often, how long, and for whom a logon ticket is good. */
final class LogonTicketsTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTicketIsGoodOnceForItsAccountWithTheGroupsOfTheDirectory(TestDatabase database) {
        try (EngineUnderTest engine = new EngineUnderTest(database)) {
            String ticket = engine.ticket(ALICE);
            assertThat(ticket).matches("pkt1\\.[A-Za-z0-9_-]{43}");

            Accepted logon = (Accepted) engine.redeem("alice", ticket);

            assertThat(logon.account()).isEqualTo(ALICE);
            assertThat(logon.groups()).containsExactly("staff");
            assertThat(logon.methods()).containsExactly(LogonMethod.PASSKEY);
            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofFiftyWhoComeWithItAtOnceOnTwoServersOneIsLetIn(TestDatabase database) throws Exception {
        try (EngineUnderTest engine = new EngineUnderTest(database);
                PasskeyRuntime elsewhere = PasskeyRuntime.open(
                        engine.runtime().configuration(),
                        "/app",
                        LogonTicketsTest.class.getClassLoader(),
                        engine.clock())) {
            String ticket = engine.ticket(ALICE);
            LogonRequest request = new LogonRequest.Ticket("alice", ticket, new Client("192.0.2.7", ""));

            List<LogonResult> results = AtOnce.run(
                    50,
                    n -> n % 2 == 0
                            ? engine.runtime().authentication().authenticate(request)
                            : elsewhere.authentication().authenticate(request));

            assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(Rejected.class::isInstance)
                    .hasSize(49)
                    .containsOnly(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    @Test
    void aTicketIsGoodForSixtySeconds() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String first = engine.ticket(ALICE);
            String second = engine.ticket(ALICE);

            engine.clock().advance(Duration.ofSeconds(59));
            assertThat(engine.redeem("alice", first)).isInstanceOf(Accepted.class);
            engine.clock().advance(Duration.ofSeconds(1));
            assertThat(engine.redeem("alice", second)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "ALICE", "alice ", " alice", "", "nobody"})
    void withAnotherNameThanItsOwnItIsRefusedAndSpent(String typed) {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String ticket = engine.ticket(ALICE);

            assertThat(engine.redeem(typed, ticket)).isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    @Test
    void whatHasNotTheShapeOfATicketIsRefusedWithoutAStatement() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String ticket = engine.ticket(ALICE);
            String target = engine.runtime().targets().seal("/secret/alice");
            String logon = engine.beginLogon("alice").token();
            engine.counter().reset();

            for (String forged : List.of(
                    "pkt1.",
                    "pkt1.x",
                    "pkt1." + "A".repeat(300),
                    "pkt1." + "A".repeat(100_000),
                    "pkt1." + target,
                    "pkt1." + logon,
                    ticket + "A",
                    ticket.substring(5),
                    "pkt1." + ticket,
                    ticket.substring(0, ticket.length() - 4))) {
                assertThat(engine.redeem("alice", forged)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
            }
            assertThat(engine.counter().statements()).isEmpty();
            assertThat(engine.redeem("alice", ticket)).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void t37_anAccountThatWasLockedOrRemovedMeanwhileIsRefusedAndTheTicketSpent() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String ticket = engine.ticket(ALICE);
            engine.lock(ALICE, true);
            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
            engine.lock(ALICE, false);
            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));

            String other = engine.ticket(BOB);
            engine.remove(BOB);
            assertThat(engine.redeem("bob", other)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNKNOWN));
        }
    }

    @Test
    void t38_passkeysSwitchedOffMeanwhileAreRefusedAndTheTicketSpent() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String ticket = engine.ticket(ALICE);
            engine.allowPasskeys(false);
            engine.clock().advance(Duration.ofSeconds(6));

            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.PASSKEYS_OFF));
            engine.allowPasskeys(true);
            engine.clock().advance(Duration.ofSeconds(6));
            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    /** The container would call the caller by a name that is another's by now, or nobody's. */
    @Test
    void t110_aTicketIsRefusedOnceItsAccountWasRenamed() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String asOfOld = engine.ticket(ALICE);
            String asOfNew = engine.ticket(ALICE);
            engine.rename(ALICE, "alicia");

            assertThat(engine.redeem("alice", asOfOld)).isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
            assertThat(engine.redeem("alicia", asOfNew)).isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
            assertThat(engine.redeem("alicia", engine.ticket(new Account("alicia", "1"))))
                    .isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aTicketDoesNotOutliveTheSessionsOfItsAccount() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
            engine.bindFirst(ALICE, device);
            String ticket = engine.ticket(ALICE);
            String passkey = new CredentialId(device.newest().id()).key();
            assertThat(engine.runtime().passkeys().delete(engine.caller(ALICE, LogonMethod.PASSKEY), passkey))
                    .isEmpty();

            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.SESSIONS_ENDED));
        }
    }

    @Test
    void aDirectoryThatIsDownCostsTheTicketAndLetsNobodyIn() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String ticket = engine.ticket(ALICE);
            engine.breakAccounts(true);
            assertThatThrownBy(() -> engine.redeem("alice", ticket)).isInstanceOf(UnavailableException.class);

            engine.breakAccounts(false);
            assertThat(engine.redeem("alice", ticket)).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatFollowsATicketTellsOnceAndForItsAccountThatItWasAPasskey(TestDatabase database) {
        try (EngineUnderTest engine = new EngineUnderTest(database)) {
            LogonTickets.Issued ticket = engine.issueTicket(ALICE);

            assertThat(methods(engine, "bob", ticket.follower())).containsExactly(LogonMethod.PASSWORD);
            assertThat(methods(engine, "alice", ticket.text().substring(5))).containsExactly(LogonMethod.PASSWORD);
            assertThat(engine.redeem("alice", LogonRequest.Ticket.PREFIX + ticket.follower()))
                    .isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
            assertThat(methods(engine, "alice", ticket.follower())).containsExactly(LogonMethod.PASSKEY);
            assertThat(methods(engine, "alice", ticket.follower())).containsExactly(LogonMethod.PASSWORD);
            assertThat(engine.atContainer("nobody", "")).isEmpty();
        }
    }

    /** Applications may share a database. */
    @Test
    void t112_aTicketIsNothingInAnotherApplication() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
                PasskeyRuntime another = engine.anotherApplication()) {
            LogonTickets.Issued ticket = engine.issueTicket(ALICE);
            Client client = new Client("192.0.2.7", "");

            assertThat(another.authentication().authenticate(new LogonRequest.Ticket("alice", ticket.text(), client)))
                    .isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
            assertThat(another.containerLogons().decide("alice", ticket.follower(), client))
                    .containsInstanceOf(Accepted.class)
                    .hasValueSatisfying(
                            logon -> assertThat(((Accepted) logon).methods()).containsExactly(LogonMethod.PASSWORD));
            assertThat(engine.redeem("alice", ticket.text()))
                    .as("nor was it spent there")
                    .isInstanceOf(Accepted.class);
            assertThat(methods(engine, "alice", ticket.follower())).containsExactly(LogonMethod.PASSKEY);
        }
    }

    private static Set<LogonMethod> methods(EngineUnderTest engine, String name, String follower) {
        return ((Accepted) engine.atContainer(name, follower).orElseThrow()).methods();
    }

    @Test
    void aTicketIsNoConfirmation() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            LogonRequest request = new LogonRequest.Ticket("alice", engine.ticket(ALICE), new Client("192.0.2.7", ""));

            assertThat(engine.runtime().confirmation().confirm(ALICE, request))
                    .isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        }
    }

    @Test
    void aTicketIsNeverPrinted() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            String ticket = engine.ticket(ALICE);

            assertThat(new LogonRequest.Ticket("alice", ticket, new Client("192.0.2.7", "")).toString())
                    .doesNotContain(ticket.substring(5, 20));
        }
    }
}
