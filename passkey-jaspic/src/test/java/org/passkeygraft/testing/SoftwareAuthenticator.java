package org.passkeygraft.testing;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Bytes;

/**
 * An authenticator together with its browser, in software: it takes the options JSON of a ceremony and answers with the
 * JSON that {@code PublicKeyCredential.toJSON()} gives (WebAuthn Level 3, sections 5.1 and 5.5.1).
 *
 * <p>It is honest: what it signs is true of the options, and its user consents to everything. It does not compare RP ID
 * and origin, which is the relying party's and a real browser's affair. For dishonest answers see {@link #lying()}.
 *
 * <p>It holds any number of passkeys of any number of users and relying parties. Safe for use by many threads.
 */
public final class SoftwareAuthenticator {
    private final AuthenticatorModel model;
    private final SecureRandom random = new SecureRandom();
    private final List<SoftwareCredential> credentials = new ArrayList<>();
    private boolean backedUp;

    private SoftwareAuthenticator(AuthenticatorModel model, boolean backedUp) {
        this.model = model;
        this.backedUp = backedUp;
    }

    /** A synced passkey provider of today: ES256, user verified, backed up, counter always 0, no attestation. */
    public static SoftwareAuthenticator synced() {
        return builder().build();
    }

    /** A security key: not backed up, USB, counts its signatures. */
    public static SoftwareAuthenticator securityKey() {
        return builder()
                .attachment("cross-platform")
                .transports("nfc", "usb")
                .backupEligible(false)
                .counting(true)
                .build();
    }

    /** Starts from {@link #synced()}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a passkey. One of the same user at the same relying party is replaced, as on a real device.
     *
     * @param optionsJson PublicKeyCredentialCreationOptionsJSON
     * @param origin the origin of the page, {@code https://app.example}
     * @return RegistrationResponseJSON
     * @throws CeremonyRefusedException where a browser's {@code create()} would reject its promise
     */
    public String create(String optionsJson, String origin) throws CeremonyRefusedException {
        return text(create(optionsJson, origin, List.of()));
    }

    /**
     * Logs on: with the first listed passkey that is here, or if none are listed, with the newest discoverable one for
     * the relying party.
     *
     * @param optionsJson PublicKeyCredentialRequestOptionsJSON
     * @param origin the origin of the page
     * @return AuthenticationResponseJSON
     * @throws CeremonyRefusedException where a browser's {@code get()} would reject its promise
     */
    public String get(String optionsJson, String origin) throws CeremonyRefusedException {
        return text(get(optionsJson, origin, candidate -> true, List.of()));
    }

    /** As {@link #get(String, String)}, where the user picks this passkey in the browser's list. */
    public String get(String optionsJson, String origin, SoftwareCredential pick) throws CeremonyRefusedException {
        return text(get(optionsJson, origin, pick::equals, List.of()));
    }

    /** The same device, about to lie. */
    public Lies lying() {
        return new Lies(this, List.of());
    }

    /** The passkeys held, the oldest first. */
    public synchronized List<SoftwareCredential> credentials() {
        return List.copyOf(credentials);
    }

    /**
     * The newest passkey.
     *
     * @throws NoSuchElementException if there is none
     */
    public synchronized SoftwareCredential newest() {
        if (credentials.isEmpty()) {
            throw new NoSuchElementException("this authenticator holds no passkey");
        }
        return credentials.get(credentials.size() - 1);
    }

    /** Removes a passkey, as its user would in the settings of the device. */
    public synchronized void forget(SoftwareCredential credential) {
        credentials.remove(credential);
    }

    /** From now on says that its passkeys are backed up (BS), or no longer; a device that cannot back up never says so. */
    public synchronized void backUp(boolean now) {
        backedUp = now;
    }

    byte[] create(String optionsJson, String origin, List<Draft.Lie> lies) throws CeremonyRefusedException {
        CreationRequest request = CreationRequest.read(optionsJson, origin);
        CoseAlgorithm algorithm = request.firstOf(model.algorithms());
        boolean discoverable = request.discoverable(model.keepsDiscoverable());
        int flags = flags(request.userVerification()) | Flag.ATTESTED_DATA.mask();
        if (credentials().stream().map(SoftwareCredential::id).anyMatch(request.excluded()::contains)) {
            throw new CeremonyRefusedException("InvalidStateError", "this authenticator holds an excluded passkey");
        }
        SoftwareCredential made = make(algorithm, request.rpId(), request.userHandle(), discoverable);
        Draft draft = new Draft(true, model, made, request.rpId(), request.challenge(), origin, flags, 0);
        if (request.asksCredProps()) {
            draft.extensionResults.put("credProps", new Members().put("rk", discoverable));
        }
        byte[] body = draft.complete(lies);
        if (lies.isEmpty()) {
            keep(made);
        }
        return body;
    }

    byte[] get(String optionsJson, String origin, Predicate<SoftwareCredential> pick, List<Draft.Lie> lies)
            throws CeremonyRefusedException {
        AssertionRequest request = AssertionRequest.read(optionsJson, origin);
        int flags = flags(request.userVerification());
        SoftwareCredential chosen = choose(request, pick);
        long counter = model.counting() ? chosen.count() : 0;
        return new Draft(false, model, chosen, request.rpId(), request.challenge(), origin, flags, counter)
                .complete(lies);
    }

    SoftwareCredential make(CoseAlgorithm algorithm, String rpId, Bytes userHandle, boolean discoverable) {
        byte[] id = new byte[model.credentialIdLength()];
        random.nextBytes(id);
        return new SoftwareCredential(Bytes.of(id), rpId, userHandle, algorithm, algorithm.newKeyPair(), discoverable);
    }

    private synchronized void keep(SoftwareCredential made) {
        credentials.removeIf(other -> made.discoverable()
                && other.discoverable()
                && other.rpId().equals(made.rpId())
                && other.userHandle().equals(made.userHandle()));
        credentials.add(made);
    }

    private SoftwareCredential choose(AssertionRequest request, Predicate<SoftwareCredential> pick)
            throws CeremonyRefusedException {
        List<SoftwareCredential> fitting = credentials().stream()
                .filter(candidate -> candidate.rpId().equals(request.rpId()))
                .filter(pick)
                .filter(request::admits)
                .toList();
        if (fitting.isEmpty()) {
            throw new CeremonyRefusedException("NotAllowedError", "no fitting passkey on this authenticator");
        }
        return request.preferred(fitting);
    }

    private synchronized int flags(String userVerification) throws CeremonyRefusedException {
        if (userVerification.equals("required") && !model.verifiesUsers()) {
            throw new CeremonyRefusedException("NotAllowedError", "this authenticator cannot verify its user");
        }
        int flags = Flag.USER_PRESENT.mask();
        flags = Flag.USER_VERIFIED.in(flags, model.verifiesUsers() && !userVerification.equals("discouraged"));
        flags = Flag.BACKUP_ELIGIBLE.in(flags, model.backupEligible());
        return Flag.BACKED_UP.in(flags, model.backupEligible() && backedUp);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    static String host(String origin) {
        String host = URI.create(origin).getHost();
        if (host == null) {
            throw new IllegalArgumentException("the options name no RP ID and the origin has no host: " + origin);
        }
        return host;
    }

    /** Describes a device; every method returns this builder. */
    public static final class Builder {
        private Set<CoseAlgorithm> algorithms = EnumSet.of(CoseAlgorithm.ES256);
        private boolean selfAttestation;
        private @Nullable AuthenticatorMaker maker;
        private UUID aaguid = new UUID(0, 0);
        private String attachment = "platform";
        private List<String> transports = List.of("hybrid", "internal");
        private boolean verifiesUsers = true;
        private boolean keepsDiscoverable = true;
        private boolean backupEligible = true;
        private boolean counting;
        private int credentialIdLength = 32;

        private Builder() {}

        /** What it can sign with; the relying party's order of preference decides. ES256 by default. */
        public Builder algorithms(CoseAlgorithm first, CoseAlgorithm... others) {
            algorithms = EnumSet.of(first, others);
            return this;
        }

        /** Whether it signs its attestation with the new passkey itself ({@code packed} without {@code x5c}); else {@code none}. */
        public Builder selfAttestation(boolean self) {
            selfAttestation = self;
            return this;
        }

        /** Whose certificate it attests with ({@code packed} with {@code x5c}); else it has none. */
        public Builder attestedBy(AuthenticatorMaker certifying) {
            maker = certifying;
            return this;
        }

        /** Its model; all zeros by default. */
        public Builder aaguid(UUID model) {
            aaguid = model;
            return this;
        }

        /** {@code platform} (default) or {@code cross-platform}. */
        public Builder attachment(String authenticatorAttachment) {
            attachment = authenticatorAttachment;
            return this;
        }

        /** AuthenticatorTransport values; {@code hybrid} and {@code internal} by default. */
        public Builder transports(String... authenticatorTransports) {
            transports = List.of(authenticatorTransports);
            return this;
        }

        /** Whether it has a PIN or biometrics (UV). True by default. */
        public Builder verifiesUsers(boolean verifies) {
            verifiesUsers = verifies;
            return this;
        }

        /** Whether it can keep discoverable passkeys; a U2F key cannot. True by default. */
        public Builder keepsDiscoverable(boolean keeps) {
            keepsDiscoverable = keeps;
            return this;
        }

        /** Whether its passkeys can be backed up (BE), and then are (BS). True by default. */
        public Builder backupEligible(boolean eligible) {
            backupEligible = eligible;
            return this;
        }

        /** Whether it counts its signatures; else its counter is always 0, the default. */
        public Builder counting(boolean counts) {
            counting = counts;
            return this;
        }

        /** Length of its credential ids in bytes, 32 by default; the standard allows 16 to 1023. */
        public Builder credentialIdLength(int bytes) {
            credentialIdLength = bytes;
            return this;
        }

        public SoftwareAuthenticator build() {
            ByteBuffer model = ByteBuffer.allocate(16);
            model.putLong(aaguid.getMostSignificantBits()).putLong(aaguid.getLeastSignificantBits());
            return new SoftwareAuthenticator(
                    new AuthenticatorModel(
                            algorithms,
                            selfAttestation,
                            maker,
                            Bytes.of(model.array()),
                            attachment,
                            transports,
                            verifiesUsers,
                            keepsDiscoverable,
                            backupEligible,
                            counting,
                            credentialIdLength),
                    backupEligible);
        }
    }
}
