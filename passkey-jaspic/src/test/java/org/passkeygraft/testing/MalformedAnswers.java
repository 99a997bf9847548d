package org.passkeygraft.testing;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;

/**
 * A catalogue of answers that differ from the honest one in one way each, with what a strict relying party makes of
 * them. Most must be refused; some look odd and are none the less good, and whoever refuses those locks people out.
 *
 * <p>The catalogue is written for {@link SoftwareAuthenticator#synced()}, its latest passkey already registered where
 * an authentication is to be answered, for user verification {@code required}, an https origin or localhost, and for a
 * relying party that offers ES256, ES384, EdDSA and RS256, wants discoverable passkeys, takes attestation {@code none}
 * and self attestation, and keeps a counter. An accepted answer changes what the relying party remembers of the passkey
 * (counter, backup state): take a new passkey, and a new ceremony, for each variant.
 */
public final class MalformedAnswers {
    /** What becomes of an answer. */
    public enum Expectation {
        ACCEPTED,
        /** Not the JSON type asked for: over HTTP 400 {@code invalid-request}. */
        INVALID,
        /** Well formed and refused: over HTTP 400 {@code registration-failed} or 401 {@code authentication-failed}. */
        REFUSED,
        /** Belongs to no ceremony of ours: over HTTP 409 {@code ceremony-expired}. */
        UNKNOWN_CEREMONY,
        /** Over 64 KiB: over HTTP 413, below that INVALID. */
        TOO_LARGE
    }

    /** Which ceremony is answered. */
    enum Kind {
        REGISTRATION,
        AUTHENTICATION
    }

    /** One way to be wrong, or odd. */
    public static final class Variant {
        private final Kind kind;
        private final String name;
        private final Set<Expectation> expectations;
        private final UnaryOperator<Lies> lie;

        Variant(Kind kind, String name, Set<Expectation> expectations, UnaryOperator<Lies> lie) {
            this.kind = kind;
            this.name = name;
            this.expectations = Set.copyOf(expectations);
            this.lie = lie;
        }

        /** Says what is changed; unique within its list. */
        public String name() {
            return name;
        }

        /**
         * What may become of it. More than one where a malformed member inside the binary data may be found out with
         * the JSON or later; never both acceptance and refusal.
         */
        public Set<Expectation> expectations() {
            return expectations;
        }

        public boolean mustBeAccepted() {
            return expectations.contains(Expectation.ACCEPTED);
        }

        /**
         * The body to send.
         *
         * @param optionsJson the options of the ceremony to be answered
         * @param origin an origin that the relying party accepts
         */
        public Bytes body(SoftwareAuthenticator authenticator, String optionsJson, String origin) {
            return told(authenticator.lying(), optionsJson, origin);
        }

        Bytes told(Lies lies, String optionsJson, String origin) {
            Lies told = lie.apply(lies);
            return kind == Kind.REGISTRATION
                    ? told.createBytes(optionsJson, origin)
                    : told.getBytes(optionsJson, origin);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private MalformedAnswers() {}

    /** Answers to PublicKeyCredentialCreationOptionsJSON. */
    public static List<Variant> registrations() {
        Catalogue catalogue = new Catalogue(Kind.REGISTRATION);
        ClientDataVariants.addTo(catalogue);
        AuthenticatorDataVariants.addTo(catalogue);
        AttestedDataVariants.addTo(catalogue);
        PublicKeyVariants.addTo(catalogue);
        AttestationVariants.addTo(catalogue);
        SignatureVariants.addTo(catalogue);
        JsonVariants.addTo(catalogue);
        ResponseVariants.addRegistrationsTo(catalogue);
        return catalogue.variants();
    }

    /** Answers to PublicKeyCredentialRequestOptionsJSON. */
    public static List<Variant> authentications() {
        Catalogue catalogue = new Catalogue(Kind.AUTHENTICATION);
        ClientDataVariants.addTo(catalogue);
        AuthenticatorDataVariants.addTo(catalogue);
        SignatureVariants.addTo(catalogue);
        JsonVariants.addTo(catalogue);
        ResponseVariants.addAuthenticationsTo(catalogue);
        return catalogue.variants();
    }
}
