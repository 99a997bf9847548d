package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.passkeygraft.engine.EngineUnderTest.CLIENT;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PolicyChange;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TextGateway;

/** Everything that is secret is used once, rightly and wrongly; none of it is found where somebody reads later. */
final class SecretsTest {
    private static final String PASSWORD = "Carols-own-passw0rd";
    /** Of that. */
    private static final String HASH = "MD5:6dd3c4882a32fbc4849d7c368a1449a4";

    private static final String WRONG = "Carols-wrong-passw0rd";
    private static final String AUTHORIZATION = "Bearer of-the-gateway";
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    /** Weak otherwise: the level would be forgotten. */
    private final Logger ours = Logger.getLogger("org.passkeygraft");

    private final AuditLines log = new AuditLines("");
    private final TextGateway gateway = TextGateway.plain();
    private final EngineUnderTest engine = new EngineUnderTest(
            TestDatabase.H2,
            new Messaging(
                    null, new Messaging.Gateway(gateway.url(), new Secret(AUTHORIZATION), "{\"text\": \"{text}\"}")));
    private final PasskeyRuntime runtime = engine.runtime();
    private final Account carol = engine.addAccount("carol", HASH);
    private final Account admin = engine.addAccount("admin", HASH);
    private final SoftwareAuthenticator device = SoftwareAuthenticator.synced();
    /** By what they are. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    private final List<Object> shown = new ArrayList<>();

    @BeforeEach
    void listen() {
        ours.setLevel(Level.ALL);
        engine.appoint(admin, true);
        secrets.put("password", PASSWORD);
        secrets.put("wrong password", WRONG);
        secrets.put("hash", HASH);
        secrets.put("authorization of the gateway", AUTHORIZATION);
        engine.elsewhere(store -> store.sealingKeys()
                .keys()
                .forEach(key -> secret("sealing key", key.key().base64url())));
    }

    @AfterEach
    void close() {
        ours.setLevel(null);
        log.close();
        engine.close();
        gateway.close();
    }

    @Test
    void t105_noSecretIsLoggedAuditedOrPrinted() throws Exception {
        byPassword();
        bindAndLogOn();
        String recovery = backUp();
        halfLogons(recovery);
        byTicket();
        reset();
        settings();
        troubles();

        assertThat(secrets).hasSizeGreaterThan(30);
        assertThat(log.all())
                .anyMatch(line -> line.startsWith("RESET_USED"))
                .anyMatch(line -> line.startsWith("CODE_REFUSED"));
        List<String> read = new ArrayList<>(log.all());
        runtime.auditTrail().newest(AuditFilter.ALL, "", 1000).forEach(row -> read.add(row.toString()));
        shown.forEach(value -> read.add(String.valueOf(value)));
        read.add(runtime.configuration().toString());
        read.add(runtime.description());
        assertThat(secrets)
                .allSatisfy((what, secret) -> assertThat(read).as(what).noneMatch(text -> text.contains(secret)));
    }

    private void byPassword() {
        assertThat(note(engine.logOn("carol", WRONG))).isInstanceOf(Rejected.class);
        assertThat(note(engine.logOn("nobody", WRONG))).isInstanceOf(Rejected.class);
        assertThat(note(engine.logOn("carol", PASSWORD))).isInstanceOf(Accepted.class);
        note(new LogonRequest.Password("carol", PASSWORD.toCharArray(), CLIENT));
    }

    private void bindAndLogOn() {
        BegunCeremony binding = secret(engine.beginBinding(carol, LogonMethod.PASSWORD, "First"));
        note(engine.bind(carol, LogonMethod.PASSWORD, binding, device));
        note(engine.bind(carol, LogonMethod.PASSWORD, binding, SoftwareAuthenticator.synced()));

        BegunCeremony logon = secret(engine.beginLogon(""));
        Bytes right = secret(EngineUnderTest.assertion(logon, device));
        assertThat(note(engine.logOn(logon, right))).isInstanceOf(Accepted.class);
        assertThat(note(engine.logOn(logon, right))).isInstanceOf(Rejected.class);
        for (var lies :
                List.of(device.lying().signedByAnotherKey(), device.lying().withOrigin("https://evil.example"))) {
            BegunCeremony next = secret(engine.beginLogon("carol"));
            assertThat(note(engine.logOn(next, secret(EngineUnderTest.assertion(next, lies)))))
                    .isInstanceOf(Rejected.class);
        }
    }

    /** A contact and codes; what comes back is one of those that are left. */
    private String backUp() throws InterruptedException {
        var proven = engine.caller(carol, LogonMethod.PASSKEY);
        secret("secret of the session", "what only the session has");
        note(runtime.backup().requestContact(proven, "what only the session has", "+491701234542"));
        String code = nextCode();
        note(runtime.backup().verifyContact(proven, "what only the session has", other(code)));
        note(runtime.backup().verifyContact(proven, "what only the session has", code));
        List<String> codes = runtime.backup().newRecoveryCodes(proven).passed().orElseThrow();
        codes.forEach(one -> secret("recovery code", one));
        engine.clock().advance(Duration.ofDays(1));
        return codes.get(0);
    }

    private void halfLogons(String recovery) throws InterruptedException {
        engine.changePolicy(PasskeyPolicy.STANDARD.withSecondFactor(SecondFactorRule.WHEN_BOUND));
        String first = pass();
        BegunCeremony ceremony =
                secret(EngineUnderTest.begun(runtime.secondFactor().begin(first, CLIENT)));
        Bytes answer = secret(EngineUnderTest.assertion(ceremony, device));
        note(runtime.secondFactor().end("A".repeat(43), EngineUnderTest.answer(ceremony, answer), CLIENT));
        note(runtime.secondFactor().end(first, EngineUnderTest.answer(ceremony, answer), CLIENT));

        String second = pass();
        assertThat(runtime.secondFactor().requestCode(second, CLIENT)).isEmpty();
        String code = nextCode();
        note(runtime.secondFactor().state(second));
        note(runtime.secondFactor().backup(second));
        assertThat(note(runtime.secondFactor().byCode(second, other(code), CLIENT)))
                .isInstanceOf(Rejected.class);
        assertThat(note(runtime.secondFactor().byCode(second, code, CLIENT))).isInstanceOf(Accepted.class);
        assertThat(note(runtime.secondFactor().byCode(pass(), recovery, CLIENT)))
                .isInstanceOf(Accepted.class);
        assertThat(note(runtime.secondFactor().byCode(pass(), recovery, CLIENT)))
                .isInstanceOf(Rejected.class);
        engine.changePolicy(PasskeyPolicy.STANDARD);
    }

    private String pass() {
        var half = (SecondFactorRequired) note(engine.logOn("carol", PASSWORD));
        secret("pass of half a logon", half.pass());
        return half.pass();
    }

    private void byTicket() {
        LogonTickets.Issued issued = engine.issueTicket(carol);
        note(issued);
        note(new LogonRequest.Ticket("carol", issued.text(), CLIENT));
        secret("ticket", issued.text());
        secret("follower of a ticket", issued.follower());
        note(engine.redeem("dave", issued.text()));
        note(engine.redeem("carol", issued.text()));
        note(engine.redeem("carol", issued.text()));
    }

    private void reset() throws Exception {
        var proven = engine.caller(admin, LogonMethod.PASSWORD);
        String handle =
                runtime.users().open(proven, "carol").passed().orElseThrow().toString();
        var issued = (ResetIssue.Issued) note(runtime.resetPasses().issue(proven, handle));
        secret("pass of a reset", issued.pass());
        note(use(issued.pass(), WRONG));
        var admitted = (ResetUse.Admitted) note(use(issued.pass(), PASSWORD));
        secret("pass to bind", admitted.binding());
        note(use(issued.pass(), PASSWORD));
        CeremonyStart start = runtime.resetBinding().begin(admitted.binding(), new PasskeyName("New"), CLIENT);
        BegunCeremony ceremony = secret(EngineUnderTest.begun(start));
        var made = EngineUnderTest.made(ceremony, SoftwareAuthenticator.synced());
        note(runtime.resetBinding().end("A".repeat(43), made, CLIENT));
        note(runtime.resetBinding().end(admitted.binding(), made, CLIENT));
    }

    private ResetUse use(String pass, String password) {
        return runtime.resetBinding().use(pass, new LogonRequest.Password("", password.toCharArray(), CLIENT));
    }

    private void settings() {
        long version = runtime.policyAdministration().current().version();
        note(runtime.policyAdministration()
                .change(
                        engine.caller(admin, LogonMethod.PASSWORD),
                        new PolicyChange(PasskeyPolicy.STANDARD.withMaximum(7), version, true)));
    }

    /** What a broken database says of the statement that failed. */
    private void troubles() {
        String ticket = engine.issueTicket(carol).text();
        secret("ticket", ticket);
        BegunCeremony ceremony = secret(engine.beginLogon(""));
        Bytes answer = secret(EngineUnderTest.assertion(ceremony, device));
        engine.breakAccounts(true);
        fails(() -> engine.logOn("carol", PASSWORD));
        engine.breakAccounts(false);
        whileBroken("passkey_grant", () -> engine.redeem("carol", ticket));
        String pass = Bytes.of("only the browser has these bytes".getBytes(StandardCharsets.UTF_8))
                .base64url();
        secret("pass of nothing", pass);
        whileBroken(
                "passkey_grant",
                () -> runtime.resetBinding().use(pass, new LogonRequest.Password("", new char[0], CLIENT)));
        whileBroken("passkey_spent_ceremony", () -> engine.logOn(ceremony, answer));
        whileBroken("passkey_user", () -> engine.logOn("carol", PASSWORD));
    }

    private void whileBroken(String table, ThrowingCallable action) {
        engine.breakStore(table, true);
        fails(action);
        engine.breakStore(table, false);
    }

    private void fails(ThrowingCallable action) {
        UnavailableException down = catchThrowableOfType(UnavailableException.class, action);
        StringWriter told = new StringWriter();
        down.printStackTrace(new PrintWriter(told, true));
        shown.add(told);
    }

    private <T> T note(T value) {
        shown.add(value);
        return value;
    }

    private LogonResult note(LogonResult value) {
        shown.add(value);
        return value;
    }

    private void secret(String what, String secret) {
        secrets.put(what + " " + secrets.size(), secret);
    }

    private BegunCeremony secret(BegunCeremony ceremony) {
        secret("challenge", member("challenge", ceremony.optionsJson()));
        secret("sealed ceremony", ceremony.token());
        return ceremony;
    }

    private Bytes secret(Bytes assertion) {
        secret("signature", member("signature", new String(assertion.toArray(), StandardCharsets.UTF_8)));
        return assertion;
    }

    private static String member(String name, String json) {
        Matcher member = Pattern.compile('"' + name + "\":\\s*\"([^\"]+)\"").matcher(json);
        assertThat(member.find()).as(json).isTrue();
        return member.group(1);
    }

    private String nextCode() throws InterruptedException {
        Matcher code = CODE.matcher(gateway.next().body());
        if (!code.find()) {
            return nextCode();
        }
        // With what stands before it, for six digits alone are found in many a number.
        secret("one-time code", " " + code.group());
        secret("one-time code", '"' + code.group() + '"');
        return code.group();
    }

    private String other(String code) {
        String wrong = code.equals("000000") ? "000001" : "000000";
        secret("wrong code", '"' + wrong + '"');
        return wrong;
    }
}
