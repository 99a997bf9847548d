package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.BegunCeremony;
import org.passkeygraft.Bytes;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.SecondFactorRequired;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Rejection;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.CeremonyRefusedException;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Half a logon step by step, of an account with a password. */
final class HalfLogonSteps implements AutoCloseable {
    static final String PASSWORD = "admin";
    private static final String HASH = "MD5:21232f297a57a5a743894a0e4a801fc3";

    final EngineUnderTest engine;
    final Account carol;

    HalfLogonSteps(TestDatabase database) {
        this(new EngineUnderTest(database));
    }

    HalfLogonSteps(EngineUnderTest engine) {
        this.engine = engine;
        carol = engine.addAccount("carol", HASH);
        engine.addAccount("dave", HASH);
    }

    @Override
    public void close() {
        engine.close();
    }

    Optional<Rejection> delete(String key) {
        return engine.runtime().passkeys().delete(engine.caller(carol, LogonMethod.PASSKEY), key);
    }

    SecondFactor secondFactor() {
        return engine.runtime().secondFactor();
    }

    LogonResult logOn() {
        return engine.logOn("carol", PASSWORD);
    }

    /** Of a right password. */
    String pass() {
        return ((SecondFactorRequired) logOn()).pass();
    }

    BegunCeremony begin(String pass) {
        return EngineUnderTest.begun(secondFactor().begin(pass, EngineUnderTest.CLIENT));
    }

    LogonResult end(String pass, BegunCeremony ceremony, SoftwareAuthenticator device) {
        return secondFactor()
                .end(
                        pass,
                        EngineUnderTest.answer(ceremony, EngineUnderTest.assertion(ceremony, device)),
                        EngineUnderTest.CLIENT);
    }

    LogonResult end(String pass, BegunCeremony ceremony, String answer) {
        return secondFactor().end(pass, EngineUnderTest.answer(ceremony, utf8(answer)), EngineUnderTest.CLIENT);
    }

    BegunCeremony beginBinding(String pass) {
        return beginBinding(pass, "First");
    }

    BegunCeremony beginBinding(String pass, String name) {
        return EngineUnderTest.begun(
                secondFactor().beginBinding(pass, new PasskeyName(name), PasskeyUse.LOGON, EngineUnderTest.CLIENT));
    }

    LogonResult bind(String pass, BegunCeremony ceremony, SoftwareAuthenticator with) {
        try {
            Bytes made = utf8(with.create(ceremony.optionsJson(), EngineUnderTest.ORIGIN));
            return secondFactor().bind(pass, EngineUnderTest.answer(ceremony, made), EngineUnderTest.CLIENT);
        } catch (CeremonyRefusedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    LogonResult byPassword(String pass, String typed) {
        return secondFactor().byPassword(pass, typed.toCharArray(), EngineUnderTest.CLIENT, null);
    }

    /** One of the first generation: does not know its user and remembers nothing. */
    static SoftwareAuthenticator olderKey() {
        return SoftwareAuthenticator.builder()
                .attachment("cross-platform")
                .transports("usb")
                .backupEligible(false)
                .counting(true)
                .verifiesUsers(false)
                .keepsDiscoverable(false)
                .build();
    }

    /** The same options as if they listed what is on the device. */
    static String listing(String options, SoftwareAuthenticator key) {
        String listed = "\"allowCredentials\":[{\"type\":\"public-key\",\"id\":\""
                + key.newest().id().base64url() + "\"}]";
        return options.replace("\"allowCredentials\":[]", listed);
    }

    static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
