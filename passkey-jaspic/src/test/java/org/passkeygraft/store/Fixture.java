package org.passkeygraft.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.UserHandle;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.policy.PasskeyPolicy;

/** Stores and values to test with. */
final class Fixture {
    static final PasskeyPolicy DEFAULTS = PasskeyPolicy.STANDARD;
    static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");
    static final SecureRandom RANDOM = new SecureRandom();

    private Fixture() {}

    static boolean isFull() {
        return "full".equals(System.getProperty("passkey.tests"));
    }

    static PasskeyStore open(Database database) {
        return open(database, InstantSource.system());
    }

    static PasskeyStore open(Database database, InstantSource clock) {
        return PasskeyStore.open(new PasskeyConfiguration.Store(database, true), "/app", DEFAULTS, clock, RANDOM);
    }

    /** An account that no other test has, with a key that is not its name. */
    static Account account(String name) {
        String unique = name + " " + UUID.randomUUID();
        return new Account(unique, "key of " + unique);
    }

    /** A ceremony that has not expired when the stores of the tests, which use the system's clock, delete expired ones. */
    static SpentCeremony ceremony() {
        return new SpentCeremony(
                bytes(32).sha256().base64url(),
                Instant.now().truncatedTo(ChronoUnit.MICROS).plusSeconds(300));
    }

    static Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    static CredentialRecord passkey(UserHandle owner, String name) {
        return passkey(owner, name, new CredentialId(bytes(32)), 0);
    }

    static CredentialRecord passkey(UserHandle owner, String name, CredentialId id, long signCount) {
        return new CredentialRecord(
                id,
                owner,
                new PasskeyName(name),
                PasskeyUse.LOGON,
                bytes(77),
                signCount,
                true,
                false,
                List.of("internal", "hybrid"),
                "00000000-0000-0000-0000-000000000000",
                NOW,
                null);
    }
}
