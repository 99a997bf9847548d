package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.AdministeredUser.AccountState;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** What administrators do about others' passkeys, and nobody else. */
@ParameterizedClass
@EnumSource
final class UserAdministrationTest {
    private final EngineUnderTest engine;
    private final UserAdministration users;
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();
    private final Account admin;

    UserAdministrationTest(TestDatabase database) {
        engine = new EngineUnderTest(database);
        users = engine.runtime().users();
        admin = engine.addAccount("admin", "");
        engine.appoint(admin, true);
    }

    @BeforeEach
    void bind() {
        engine.bindFirst(ALICE, device);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void usersAreFoundWithWhatTheyHave() {
        engine.clock().advance(Duration.ofMinutes(1));
        engine.logOn(device);
        engine.bindFirst(BOB, SoftwareAuthenticator.synced());

        assertThat(users.search("AL").users())
                .singleElement()
                .isEqualTo(new FoundUsers.User(
                        users.search("alice").users().get(0).handle(),
                        ALICE,
                        false,
                        1,
                        engine.clock().instant()));
        assertThat(users.search("").users()).hasSize(2);
        assertThat(users.search("zoe").users()).isEmpty();
        assertThat(users.search("\u200bAL\u00a0").users())
                .as("as it looks")
                .isEqualTo(users.search("AL").users());
    }

    @Test
    void noMoreThanFiftyAreGivenAndThatIsSaid() {
        for (int number = 0; number < 51; number++) {
            users.open(caller(admin), engine.addAccount("u" + number, "").name());
        }

        FoundUsers found = users.search("u");
        assertThat(found.users()).hasSize(50);
        assertThat(found.more()).isTrue();
        assertThat(users.search("u1").more()).isFalse();
    }

    @Test
    void anAccountThatNeverHadAPasskeyIsFoundByItsWholeName() {
        assertThat(users.search("bob").neverSeen()).contains(BOB);
        assertThat(users.search("bo").neverSeen()).isEmpty();
        assertThat(users.search("\u200bbob\u00a0").neverSeen()).contains(BOB);

        Checked<org.passkeygraft.UserHandle> opened = users.open(caller(admin), "bob");

        assertThat(users.find(opened.passed().orElseThrow().toString())
                        .orElseThrow()
                        .account())
                .isEqualTo(BOB);
        assertThat(users.search("bob").neverSeen()).isEmpty();
        assertThat(users.open(caller(admin), "nobody")).isEqualTo(Checked.refused(Rejection.ACCOUNT_UNKNOWN));
    }

    @Test
    void aUserIsShownWithWhatTheApplicationSaysOfTheAccount() {
        assertThat(alice().standing()).isEqualTo(AccountState.USABLE);
        assertThat(alice().administrator()).isFalse();
        engine.lock(ALICE, true);
        assertThat(alice().standing()).isEqualTo(AccountState.UNUSABLE);
        engine.remove(ALICE);
        assertThat(alice().standing()).isEqualTo(AccountState.UNKNOWN);
        assertThat(users.find("A".repeat(43))).isEmpty();
        assertThat(users.find("no handle\0")).isEmpty();
    }

    /** What is left would be a password that binds the next one: one administrator could become another. */
    @Test
    void t119_oneAdministratorTakesTheLastPasskeyOfNoOther() {
        Account other = engine.addAccount("other", "");
        engine.appoint(other, true);
        SoftwareAuthenticator phone = SoftwareAuthenticator.synced();
        engine.bindFirst(other, phone);
        SoftwareAuthenticator key = SoftwareAuthenticator.synced();
        engine.bind(other, LogonMethod.PASSKEY, engine.beginBinding(other, LogonMethod.PASSKEY, "Key"), key);
        String handle = users.search("other").users().get(0).handle().toString();

        assertThat(users.revokeAll(caller(admin), handle)).contains(Rejection.ADMINISTRATOR);
        assertThat(users.revoke(caller(admin), handle, keyOf(key))).isEmpty();
        assertThat(users.revoke(caller(admin), handle, keyOf(phone))).contains(Rejection.ADMINISTRATOR);

        assertThat(engine.logOn(phone)).isInstanceOf(LogonResult.Accepted.class);
    }

    @Test
    void t69_aPasskeyLeftByAThiefIsListedWithItsTimesAndGoesWithAllOthers() {
        SoftwareAuthenticator thief = SoftwareAuthenticator.synced();
        engine.clock().advance(Duration.ofHours(1));
        engine.bind(ALICE, LogonMethod.PASSKEY, engine.beginBinding(ALICE, LogonMethod.PASSKEY, "Thief's"), thief);
        engine.clock().advance(Duration.ofHours(1));
        engine.logOn(thief);
        engine.elsewhere(
                store -> store.recoveryCodes().replace(store.users().establish(ALICE), Set.of("of the thief")));

        CredentialRecord left = alice().passkeys().get(1);
        assertThat(left.createdAt()).isEqualTo(engine.clock().instant().minus(Duration.ofHours(1)));
        assertThat(left.lastUsed()).contains(engine.clock().instant());

        assertThat(users.revokeAll(caller(admin), alice().handle().toString())).isEmpty();

        assertThat(alice().passkeys()).isEmpty();
        assertThat(engine.runtime().backup().of(ALICE, "").recoveryCodes()).isZero();
        for (SoftwareAuthenticator any : List.of(device, thief)) {
            assertThat(engine.logOn(any)).isEqualTo(new LogonResult.Rejected(Rejection.CREDENTIAL_REMOVED));
        }
        assertThat(engine.runtime().authentication().standing(ALICE, 0))
                .isEqualTo(new Standing.Ended(Rejection.SESSIONS_ENDED));
    }

    @Test
    void aRevokedPasskeyLogsNobodyOnAndEndsTheSessionsAndIsAudited() {
        try (AuditLines audit = new AuditLines()) {
            assertThat(revoke(caller(admin))).isEmpty();

            assertThat(audit.last())
                    .startsWith("PASSKEYS_REVOKED account=\"alice\"")
                    .contains("by=\"admin\"", "passkey=\"");
        }
        assertThat(engine.logOn(device)).isEqualTo(new LogonResult.Rejected(Rejection.CREDENTIAL_REMOVED));
        assertThat(engine.runtime().authentication().standing(ALICE, 0))
                .isEqualTo(new Standing.Ended(Rejection.SESSIONS_ENDED));
    }

    @Test
    void t47_anotherUsersPasskeyIsNotRevokedByWhoeverItIsSaidToBelongTo() {
        engine.bindFirst(BOB, SoftwareAuthenticator.synced());
        String bob = users.search("bob").users().get(0).handle().toString();

        assertThat(users.revoke(caller(admin), bob, passkey())).contains(Rejection.CREDENTIAL_UNKNOWN);
        assertThat(users.revoke(caller(admin), bob, "A".repeat(43))).contains(Rejection.CREDENTIAL_UNKNOWN);

        assertThat(alice().passkeys()).hasSize(1);
        assertThat(engine.logOn(device)).isInstanceOf(LogonResult.Accepted.class);
        assertThat(engine.runtime().authentication().standing(BOB, 0)).isInstanceOf(Standing.Good.class);
    }

    @Test
    void t52_whoIsNoAdministratorChangesNothing() {
        engine.appoint(admin, false);
        engine.bindFirst(BOB, SoftwareAuthenticator.synced());

        for (ProvenCaller caller : List.of(caller(BOB), caller(admin))) {
            assertThat(refusals(caller)).containsOnly(Optional.of(Rejection.NOT_ADMINISTRATOR));
        }
        assertThat(engine.logOn(device)).isInstanceOf(LogonResult.Accepted.class);
    }

    @Test
    void anOldProofAnEndedSessionOrALockedAdministratorChangeNothing() {
        ProvenCaller old = EngineUnderTest.caller(
                admin,
                LogonMethod.PASSKEY,
                engine.clock().instant().minus(EngineUnderTest.TIMEOUT).minusMillis(1));
        assertThat(refusals(old)).containsOnly(Optional.of(Rejection.CONFIRMATION_REQUIRED));

        engine.runtime().sessions().endAll(caller(admin));
        assertThat(refusals(caller(admin))).containsOnly(Optional.of(Rejection.SESSIONS_ENDED));

        engine.lock(admin, true);
        assertThat(refusals(caller(admin))).containsOnly(Optional.of(Rejection.ACCOUNT_UNUSABLE));
        assertThat(alice().passkeys()).hasSize(1);
    }

    @Test
    void ownPasskeysAreNotRevokedHere() {
        engine.appoint(ALICE, true);

        assertThat(refusals(caller(ALICE))).containsOnly(Optional.of(Rejection.OWN_ACCOUNT));
        assertThat(alice().passkeys()).hasSize(1);
    }

    @Test
    void whoLogsOffEverywhereEndsTheSessionsOfThisEpochOnce() {
        assertThat(engine.runtime().sessions().endAll(caller(ALICE)).refusal()).isEmpty();

        assertThat(engine.runtime().authentication().standing(ALICE, 0))
                .isEqualTo(new Standing.Ended(Rejection.SESSIONS_ENDED));
        assertThat(engine.runtime().authentication().standing(ALICE, 1)).isInstanceOf(Standing.Good.class);
        assertThat(engine.runtime().sessions().endAll(caller(ALICE)))
                .isEqualTo(Checked.refused(Rejection.SESSIONS_ENDED));
        assertThat(engine.runtime().authentication().standing(ALICE, 1)).isInstanceOf(Standing.Good.class);
    }

    private List<Optional<Rejection>> refusals(ProvenCaller caller) {
        String handle = alice().handle().toString();
        return List.of(
                users.revoke(caller, handle, passkey()),
                users.revokeAll(caller, handle),
                users.endSessions(caller, handle),
                engine.runtime().resetPasses().issue(caller, handle) instanceof ResetIssue.Refused refused
                        ? Optional.of(refused.reason())
                        : Optional.empty());
    }

    private Optional<Rejection> revoke(ProvenCaller caller) {
        return users.revoke(caller, alice().handle().toString(), passkey());
    }

    private static String keyOf(SoftwareAuthenticator device) {
        return device.newest().id().sha256().base64url();
    }

    private String passkey() {
        return alice().passkeys().get(0).id().key();
    }

    private AdministeredUser alice() {
        String handle = users.search("alice").users().get(0).handle().toString();
        return users.find(handle).orElseThrow();
    }

    private ProvenCaller caller(Account account) {
        return engine.caller(account, LogonMethod.PASSKEY);
    }
}
