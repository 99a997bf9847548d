package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;
import static org.passkeygraft.engine.EngineUnderTest.TIMEOUT;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.BindResult;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Client;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.store.SealingKey;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.Flag;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Somebody reads the whole passkey database, sealing keys included, and seals what they like: nobody is logged on by it. */
final class LeakedKeysTest {
    private static final Client CLIENT = new Client("192.0.2.9", "test");

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final SoftwareAuthenticator alices = SoftwareAuthenticator.securityKey();
    private final SoftwareAuthenticator mallorys = SoftwareAuthenticator.securityKey();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void t120_nothingThatTheKeysCanSealIsATicketOrHalfALogon() {
        engine.bindFirst(ALICE, alices);
        String handle = handle(ALICE.key());
        List<String> sealed = new ArrayList<>(List.of(forger().sealTarget("alice", later())));
        for (CeremonyKind kind : CeremonyKind.values()) {
            sealed.add(forger().seal(pending(kind, kind == CeremonyKind.LOGON ? "" : handle)));
        }

        assertThat(sealed)
                .allSatisfy(token -> assertThat(engine.redeem("alice", "pkt1." + token))
                        .isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN)))
                .allSatisfy(
                        token -> assertThat(engine.logOn("alice", token)).isEqualTo(new Rejected(Rejection.PASSWORD)));
    }

    @Test
    void t120_whatTheDatabaseKnowsOfATicketIsNotTheTicket() {
        String ticket = engine.ticket(ALICE);
        List<String> stored = column("select id from passkey_grant where kind = 'ticket'");

        assertThat(stored).hasSize(1).doesNotContain(ticket.substring(5));
        assertThat(engine.redeem("alice", "pkt1." + stored.get(0))).isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.redeem("alice", ticket)).isInstanceOf(LogonResult.Accepted.class);
    }

    @Test
    void t120_aForgedLogonStillNeedsThePasskeyItself() {
        engine.bindFirst(ALICE, alices);
        engine.bindFirst(BOB, mallorys);
        BegunCeremony ceremony = engine.beginLogon("alice");

        Lies asAlice = mallorys.lying().withUserHandle(Bytes.require(handle(ALICE.key())));
        assertThat(engine.logOn(
                        resealed(ceremony, PasskeyUse.LOGON, "alice", ""),
                        EngineUnderTest.assertion(ceremony, asAlice)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void t120_aForgedLogonStillNeedsTheUserToBeVerified() {
        engine.bindFirst(ALICE, alices);
        BegunCeremony ceremony = engine.beginLogon("alice");
        Lies unverified = alices.lying().withFlag(Flag.USER_VERIFIED, false);

        assertThat(engine.logOn(
                        resealed(ceremony, PasskeyUse.SECOND_FACTOR, "alice", ""),
                        EngineUnderTest.assertion(ceremony, unverified)))
                .isEqualTo(new Rejected(Rejection.USER_NOT_VERIFIED));
    }

    @Test
    void t120_aForgedBindingPutsNoPasskeyIntoAnothersAccount() {
        engine.bindFirst(ALICE, alices);
        BegunCeremony bobs = engine.beginBinding(BOB, LogonMethod.PASSWORD, "Mine");
        BegunCeremony forged = resealed(bobs, PasskeyUse.LOGON, BOB.key(), handle(ALICE.key()));

        assertThat(engine.bind(BOB, LogonMethod.PASSWORD, forged, mallorys))
                .isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.runtime().passkeys().list(ALICE).passkeys()).hasSize(1);
        assertThat(engine.runtime().passkeys().list(BOB).passkeys()).isEmpty();
    }

    /** Bob has a pass to bind anew, and the keys: his new passkey must not replace all of Alice's. */
    @Test
    void t120_aForgedResetTakesNoOtherAccountsPasskeys() throws Exception {
        engine.bindFirst(ALICE, alices);
        engine.bindFirst(BOB, SoftwareAuthenticator.synced());
        Account admin = engine.addAccount("admin", "");
        engine.appoint(admin, true);
        ResetIssue issue =
                engine.runtime().resetPasses().issue(engine.caller(admin, LogonMethod.PASSKEY), handle(BOB.key()));
        ResetBinding resets = engine.runtime().resetBinding();
        ResetUse use =
                resets.use(((ResetIssue.Issued) issue).pass(), new LogonRequest.Password("", new char[0], CLIENT));
        String binding = ((ResetUse.Admitted) use).binding();
        BegunCeremony bobs = ((CeremonyStart.Begun) resets.begin(binding, new PasskeyName("Mine"), CLIENT)).ceremony();
        BegunCeremony forged = resealed(bobs, PasskeyUse.LOGON, BOB.key(), handle(ALICE.key()));

        assertThat(resets.end(binding, EngineUnderTest.made(forged, mallorys), CLIENT))
                .isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.logOn(alices)).isInstanceOf(LogonResult.Accepted.class);
    }

    @Test
    void t120_aForgedTargetLeadsToNoOtherSite() {
        ReturnTargets targets = engine.runtime().targets();

        assertThat(targets.open(forger().sealTarget("/secret", later()))).contains("/secret");
        assertThat(Stream.of(
                        "//evil.example/",
                        "https://evil.example/",
                        "/\\evil.example",
                        "/a\r\nSet-Cookie: a=b",
                        "",
                        "@evil"))
                .allSatisfy(target -> assertThat(targets.open(forger().sealTarget(target, later())))
                        .isEmpty());
    }

    /** The ceremony as it was begun, but for what the forger wants it to say. */
    private BegunCeremony resealed(BegunCeremony begun, PasskeyUse use, String account, String handle) {
        PendingCeremony own = forger().open(begun.kind(), begun.token()).orElseThrow();
        PendingCeremony other = new PendingCeremony(
                begun.kind(),
                own.challenge(),
                own.issuedAt(),
                own.expiresAt(),
                account,
                handle,
                use,
                own.passkeyName());
        return new BegunCeremony(
                begun.kind(), begun.optionsJson(), begun.tag(), forger().seal(other), begun.lifetime());
    }

    private PendingCeremony pending(CeremonyKind kind, String handle) {
        PendingCeremony genuine = forger().open(
                        CeremonyKind.LOGON, engine.beginLogon("alice").token())
                .orElseThrow();
        return new PendingCeremony(
                kind,
                genuine.challenge(),
                genuine.issuedAt(),
                genuine.expiresAt(),
                kind == CeremonyKind.LOGON ? ALICE.name() : ALICE.key(),
                handle,
                PasskeyUse.LOGON,
                "",
                kind == CeremonyKind.SECOND_FACTOR ? "A".repeat(43) : "");
    }

    private Instant later() {
        return engine.clock().instant().plus(TIMEOUT);
    }

    /** Our own class, on the keys as the database has them. */
    private Ceremonies forger() {
        List<String> ids = column("select id from passkey_sealing_key order by generation");
        List<String> secrets = column("select secret from passkey_sealing_key order by generation");
        List<SealingKey> keys = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            keys.add(new SealingKey(
                    ids.get(i), Bytes.require(secrets.get(i)), engine.clock().instant(), later()));
        }
        return new Ceremonies(() -> keys, "/app", "app.example", engine.clock(), new SecureRandom());
    }

    private String handle(String accountKey) {
        return column("select handle from passkey_user where account_key = '" + accountKey + "'")
                .get(0);
    }

    private List<String> column(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        engine.database().url(),
                        engine.database().user(),
                        engine.database().password().text());
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
