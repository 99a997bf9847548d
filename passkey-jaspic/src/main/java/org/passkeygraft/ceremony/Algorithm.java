package org.passkeygraft.ceremony;

import java.util.Optional;
import java.util.stream.Stream;

/** The signature algorithms we offer, in the order we prefer them, and no others are taken (T-12). */
enum Algorithm {
    ES256(-7),
    EDDSA(-8),
    ES384(-35),
    RS256(-257);

    private final long coseId;

    Algorithm(long coseId) {
        this.coseId = coseId;
    }

    /** Its number in the IANA COSE registry. */
    long coseId() {
        return coseId;
    }

    static Optional<Algorithm> of(Object coseId) {
        return Stream.of(values())
                .filter(algorithm -> Long.valueOf(algorithm.coseId).equals(coseId))
                .findFirst();
    }
}
