package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.Client;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.ceremony.KnownDevice;

/**
 * The browsers that accounts were logged on with before, each known by a token that it keeps ("device cookie"). Such a
 * token proves nothing about who somebody is: it gives wrong passwords from this browser a count of their own. Thread-safe.
 */
public final class KnownDevices {
    /** How long a browser stays known after its last logon. */
    public static final Duration LIFETIME = Duration.ofDays(365);

    private final Ceremonies ceremonies;
    private final SecureRandom random;
    private final InstantSource clock;

    KnownDevices(Ceremonies ceremonies, SecureRandom random, InstantSource clock) {
        this.ceremonies = ceremonies;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Remembers that an account was logged on with this browser, after every factor.
     *
     * @return what the browser is to keep from now on in the place of what it sent: cookie-safe text
     */
    public String remember(Account account, Client client) {
        Instant expiresAt = clock.instant().plus(LIFETIME);
        KnownDevice device =
                ceremonies.openDevice(client.device()).orElseGet(() -> KnownDevice.random(random, expiresAt));
        return ceremonies.seal(device.with(digest(LooseName.of(account.name())), expiresAt));
    }

    /**
     * The browser's id, if an account of this name was logged on with it.
     *
     * @param looseName as {@link LooseName} spells it
     */
    Optional<String> known(String looseName, Client client) {
        return ceremonies
                .openDevice(client.device())
                .filter(device -> device.knows(digest(looseName)))
                .map(device -> device.id().base64url());
    }

    private static Bytes digest(String looseName) {
        return Bytes.of(looseName.getBytes(StandardCharsets.UTF_8)).sha256();
    }
}
