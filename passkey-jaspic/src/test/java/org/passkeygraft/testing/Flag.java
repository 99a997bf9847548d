package org.passkeygraft.testing;

/** A bit of the flags in authenticator data (WebAuthn Level 3, section 6.1). */
public enum Flag {
    USER_PRESENT(0),
    RESERVED_1(1),
    USER_VERIFIED(2),
    BACKUP_ELIGIBLE(3),
    BACKED_UP(4),
    RESERVED_2(5),
    ATTESTED_DATA(6),
    EXTENSION_DATA(7);

    private final int mask;

    Flag(int bit) {
        this.mask = 1 << bit;
    }

    int mask() {
        return mask;
    }

    int in(int flags, boolean set) {
        return set ? flags | mask : flags & ~mask;
    }
}
