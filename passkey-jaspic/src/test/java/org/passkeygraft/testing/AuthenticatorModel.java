package org.passkeygraft.testing;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;

/** What kind of device it is: fixed when it leaves the factory. */
record AuthenticatorModel(
        Set<CoseAlgorithm> algorithms,
        boolean selfAttestation,
        @Nullable AuthenticatorMaker maker,
        Bytes aaguid,
        String attachment,
        List<String> transports,
        boolean verifiesUsers,
        boolean keepsDiscoverable,
        boolean backupEligible,
        boolean counting,
        int credentialIdLength) {
    AuthenticatorModel {
        algorithms = Set.copyOf(algorithms);
        transports = List.copyOf(transports);
    }
}
