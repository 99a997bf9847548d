package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PolicyChange;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** T-127: every change that is refused to a caller who is logged on leaves one event. */
final class RefusedChangesTest {
    private static final String UNKNOWN = "A".repeat(43);

    private final EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
    private final AuditLines audit = new AuditLines();
    private String own = "";
    private String foreign = "";

    @BeforeEach
    void bindPasskeys() {
        engine.bindFirst(ALICE, device);
        engine.bindFirst(BOB, SoftwareAuthenticator.synced());
        own = keyOf(ALICE);
        foreign = keyOf(BOB);
    }

    @AfterEach
    void close() {
        audit.close();
        engine.close();
    }

    @Test
    void t127_auditsForeignPasskeyViewedRenamedOrDeleted() {
        assertOne(() -> passkeys().view(proven(), foreign), "CHANGE_REFUSED", "view", "CREDENTIAL_UNKNOWN", foreign);
        assertOne(
                () -> passkeys().rename(proven(), foreign, "Mine"),
                "CHANGE_REFUSED",
                "rename",
                "CREDENTIAL_UNKNOWN",
                foreign);
        assertOne(
                () -> passkeys().delete(proven(), foreign), "CHANGE_REFUSED", "delete", "CREDENTIAL_UNKNOWN", foreign);
        assertOne(() -> passkeys().delete(proven(), "x\0"), "CHANGE_REFUSED", "delete", "CREDENTIAL_UNKNOWN", "key");
    }

    @Test
    void t127_auditsOwnChangesWithoutReauthentication() {
        ProvenCaller stolen = engine.caller(ALICE, LogonMethod.PASSWORD);
        String reason = "CONFIRMATION_REQUIRED";

        assertOne(() -> passkeys().rename(stolen, own, "Other"), "CHANGE_REFUSED", "rename", reason, own);
        assertOne(() -> passkeys().rename(proven(), own, " "), "CHANGE_REFUSED", "rename", "NAME", own);
        assertOne(() -> passkeys().delete(stolen, own), "CHANGE_REFUSED", "delete", reason, own);
        assertOne(
                () -> passkeys().beginBinding(stolen, new PasskeyName("Thief's"), PasskeyUse.LOGON),
                "BINDING_REFUSED",
                "begin",
                reason,
                "alice");
        assertOne(() -> backup().requestContact(stolen, "", "a@b.example"), "CHANGE_REFUSED", "contact", reason, "");
        assertOne(() -> backup().verifyContact(stolen, "", "123456"), "CHANGE_REFUSED", "contact-code", reason, "");
        assertOne(() -> backup().removeContact(stolen), "CHANGE_REFUSED", "contact-removal", reason, "");
        assertOne(() -> backup().newRecoveryCodes(stolen), "CHANGE_REFUSED", "recovery-codes", reason, "");
    }

    @Test
    void t127_auditsCodeRequestAndLogOffWithoutReauthentication() {
        ProvenCaller weak = engine.caller(ALICE, LogonMethod.ONE_TIME_CODE);
        assertOne(
                () -> engine.runtime().confirmation().requestCode(weak, ""),
                "CONFIRMATION_REFUSED",
                "code-request",
                "CONFIRMATION_REQUIRED",
                "");
        ProvenCaller ended = new ProvenCaller(ALICE, 7, weak.proofs(), weak.client());
        assertOne(
                () -> engine.runtime().sessions().endAll(ended),
                "CHANGE_REFUSED",
                "end-sessions",
                "SESSIONS_ENDED",
                "");
    }

    @Test
    void t127_auditsAdministrationWithoutRoleOrReauthentication() {
        assertAdministrationRefused(engine.caller(ALICE, LogonMethod.PASSKEY), "NOT_ADMINISTRATOR");
        assertOne(
                () -> engine.runtime().administrators().objectionToLook(proven()),
                "ADMINISTRATION_REFUSED",
                "look",
                "NOT_ADMINISTRATOR",
                "");

        engine.appoint(ALICE, true);
        assertAdministrationRefused(engine.caller(ALICE, LogonMethod.PASSWORD), "CONFIRMATION_REQUIRED");
    }

    private void assertAdministrationRefused(ProvenCaller by, String reason) {
        String handle = engine.column("select handle from passkey_user where account_name = 'bob'")
                .get(0);
        UserAdministration users = engine.runtime().users();
        Map<String, Runnable> changes = Map.of(
                "open", () -> users.open(by, "bob"),
                "revoke", () -> users.revoke(by, handle, foreign),
                "revoke-all", () -> users.revokeAll(by, handle),
                "end-sessions", () -> users.endSessions(by, handle),
                "reset", () -> engine.runtime().resetPasses().issue(by, handle),
                "approve", () -> engine.runtime().resetPasses().approve(by, handle, UNKNOWN),
                "settings",
                        () -> engine.runtime()
                                .policyAdministration()
                                .change(by, new PolicyChange(PasskeyPolicy.STANDARD, 0, false)));
        changes.forEach((action, change) -> assertOne(change, "ADMINISTRATION_REFUSED", action, reason, ""));
    }

    /** Settings that would let nobody in are a refused change too. */
    @Test
    void t127_auditsSettingsThatWereObjectedTo() {
        engine.appoint(ALICE, true);
        long version = engine.runtime().policyAdministration().current().version();
        PolicyChange off = new PolicyChange(PasskeyPolicy.STANDARD.withAllowed(false), version, false);

        assertOne(
                () -> engine.runtime().policyAdministration().change(proven(), off),
                "ADMINISTRATION_REFUSED",
                "settings",
                "POLICY",
                "objections=");
    }

    @Test
    void t127_repeatedRefusalsStayBounded() {
        int before = audit.all().size();
        for (int n = 0; n < 500; n++) {
            passkeys().delete(proven(), foreign);
        }
        assertThat(audit.all()).hasSize(before + 10);
        assertThat(passkeys().rename(proven(), foreign, "Mine")).isPresent();
        assertThat(audit.last()).as("another action has a count of its own").contains("action=\"rename\"");
    }

    private void assertOne(Runnable change, String event, String action, String reason, String detail) {
        int before = audit.all().size();
        change.run();
        assertThat(audit.all()).as(action).hasSize(before + 1);
        assertThat(audit.last())
                .startsWith(event + " account=\"alice\"")
                .contains("action=\"" + action + '"', "reason=\"" + reason + '"', detail);
    }

    private PasskeyManagement passkeys() {
        return engine.runtime().passkeys();
    }

    private BackupManagement backup() {
        return engine.runtime().backup();
    }

    private ProvenCaller proven() {
        return engine.caller(ALICE, LogonMethod.PASSKEY);
    }

    private String keyOf(Account account) {
        return passkeys().list(account).passkeys().get(0).id().key();
    }
}
