package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;
import static org.passkeygraft.engine.EngineUnderTest.TIMEOUT;

import java.security.SecureRandom;
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
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.SealingKey;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.Flag;
import org.passkeygraft.testing.Lies;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Somebody reads the whole passkey database, sealing keys included, and seals what they like: nobody is logged on by it. */
final class LeakedKeysTest {
    private static final Client CLIENT = new Client("192.0.2.9", "test");
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";

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
        List<String> stored = engine.column("select id from passkey_grant where kind = 'ticket'");

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
    void t120_aForgedConfirmationTakesTheCallersOwnPasskeyOnly() {
        engine.bindFirst(ALICE, alices);
        engine.bindFirst(BOB, mallorys);
        BegunCeremony bobs =
                EngineUnderTest.begun(engine.runtime().confirmation().begin(BOB, CLIENT));
        BegunCeremony forged = resealed(bobs, PasskeyUse.LOGON, ALICE.key(), handle(BOB.key()));

        assertThat(engine.runtime()
                        .confirmation()
                        .confirm(
                                ALICE,
                                new LogonRequest.Assertion(
                                        EngineUnderTest.answer(forged, EngineUnderTest.assertion(bobs, mallorys)),
                                        CLIENT)))
                .isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
    }

    /** Who knows Carol's password, too, and has a passkey of their own. */
    @Test
    void t120_aForgedSecondFactorTakesTheUsersOwnPasskeyOnly() {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND));
        Account carol = engine.addAccount("carol", HASH);
        Account mallory = engine.addAccount("mallory", HASH);
        engine.bindFirst(carol, alices);
        engine.bindFirst(mallory, mallorys);
        SecondFactor secondFactor = engine.runtime().secondFactor();
        BegunCeremony own = EngineUnderTest.begun(secondFactor.begin(pass(mallory), CLIENT));
        String pass = pass(carol);
        String secret = forger().openPass(pass).orElseThrow();
        String grant = Bytes.require(secret).sha256().base64url();
        BegunCeremony forged = resealed(own, PasskeyUse.SECOND_FACTOR, carol.key(), handle(mallory.key()), grant);

        assertThat(secondFactor.end(
                        pass, EngineUnderTest.answer(forged, EngineUnderTest.assertion(own, mallorys)), CLIENT))
                .isEqualTo(new Rejected(Rejection.WRONG_ACCOUNT));
    }

    private String pass(Account account) {
        return ((LogonResult.SecondFactorRequired) engine.logOn(account.name(), "admin")).pass();
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

    @Test
    void t120_aForgedUpgradePutsNoPasskeyIntoAnothersAccount() throws Exception {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSilentUpgrade(true));
        engine.beginBinding(ALICE, LogonMethod.PASSWORD, "Hers");
        SilentUpgrades upgrades = engine.runtime().upgrades();
        BegunCeremony bobs = EngineUnderTest.begun(
                upgrades.begin(engine.caller(BOB, LogonMethod.PASSWORD), new PasskeyName("Mine")));
        BegunCeremony forged = resealed(bobs, PasskeyUse.LOGON, BOB.key(), handle(ALICE.key()));

        assertThat(upgrades.end(engine.caller(BOB, LogonMethod.PASSWORD), EngineUnderTest.made(forged, mallorys)))
                .isEqualTo(new BindResult.Refused(Rejection.CEREMONY_UNKNOWN));
        assertThat(engine.runtime().passkeys().list(ALICE).passkeys()).isEmpty();
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
        return resealed(begun, use, account, handle, "");
    }

    private BegunCeremony resealed(BegunCeremony begun, PasskeyUse use, String account, String handle, String grant) {
        PendingCeremony own = forger().open(begun.kind(), begun.token()).orElseThrow();
        PendingCeremony other = new PendingCeremony(
                begun.kind(),
                own.challenge(),
                own.issuedAt(),
                own.expiresAt(),
                account,
                handle,
                use,
                own.passkeyName(),
                grant);
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
        List<String> ids = engine.column("select id from passkey_sealing_key order by generation");
        List<String> secrets = engine.column("select secret from passkey_sealing_key order by generation");
        List<SealingKey> keys = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            keys.add(new SealingKey(
                    ids.get(i), Bytes.require(secrets.get(i)), engine.clock().instant(), later()));
        }
        return new Ceremonies(() -> keys, "/app", "app.example", engine.clock(), new SecureRandom());
    }

    private String handle(String accountKey) {
        return engine.column("select handle from passkey_user where account_key = '" + accountKey + "'")
                .get(0);
    }
}
