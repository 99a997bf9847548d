package org.passkeygraft.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.passkeygraft.accounts.ConfiguredAccounts;
import org.passkeygraft.ceremony.AuthenticationCeremony;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.ceremony.RegistrationCeremony;
import org.passkeygraft.store.PasskeyStore;

/** What the engine works with, assembled by {@link PasskeyRuntime}. */
record Parts(
        InstantSource clock,
        SecureRandom random,
        PasskeyStore store,
        ConfiguredAccounts accounts,
        Ceremonies ceremonies,
        AuthenticationCeremony authentication,
        RegistrationCeremony registration,
        Throttle throttle,
        GuessThrottle guesses,
        KnownDevices devices,
        Audit audit,
        Metrics metrics,
        ProofRule proofs,
        Notices notices) {}
