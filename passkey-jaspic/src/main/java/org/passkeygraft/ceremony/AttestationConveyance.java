package org.passkeygraft.ceremony;

/** Whether an authenticator has to prove its model (WebAuthn Level 3, section 5.4.7). */
public enum AttestationConveyance {
    /** No: it may say what it likes. */
    NONE("none"),
    /** By a certificate that leads to one of the trust roots. */
    DIRECT("direct");

    private final String label;

    AttestationConveyance(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** What a policy asks for. */
    public static AttestationConveyance of(boolean attested) {
        return attested ? DIRECT : NONE;
    }
}
