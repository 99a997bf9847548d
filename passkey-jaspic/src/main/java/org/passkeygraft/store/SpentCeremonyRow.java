package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "SpentCeremony")
@Table(name = "passkey_spent_ceremony")
@NamedQuery(name = SpentCeremonyRow.PURGE, query = "delete from SpentCeremony s where s.expiresAt < :limit")
final class SpentCeremonyRow {
    static final String PURGE = "passkey.spent-ceremony.purge";

    @Id
    @Column(name = "id", nullable = false, length = 43)
    private String id = "";

    @Column(name = "expires_at", nullable = false)
    private Instant expiresAt = Instant.EPOCH;

    /** For the persistence provider. */
    SpentCeremonyRow() {}

    SpentCeremonyRow(SpentCeremony spent) {
        this.id = spent.id();
        this.expiresAt = spent.expiresAt();
    }
}
