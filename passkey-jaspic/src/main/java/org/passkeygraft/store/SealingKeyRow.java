package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.passkeygraft.Bytes;

@Entity(name = "SealingKey")
@Table(name = "passkey_sealing_key")
@NamedQuery(name = SealingKeyRow.ALL, query = "select k from SealingKey k order by k.generation")
@NamedQuery(name = SealingKeyRow.PURGE, query = "delete from SealingKey k where k.openUntil < :now")
final class SealingKeyRow {
    static final String ALL = "passkey.sealing-key.all";
    static final String PURGE = "passkey.sealing-key.purge";

    @Id
    @Column(name = "generation", nullable = false)
    private int generation;

    @Column(name = "id", nullable = false, length = 8)
    private String id = "";

    @Column(name = "secret", nullable = false, length = 43)
    private String secret = "";

    @Column(name = "seal_from", nullable = false)
    private Instant sealFrom = Instant.EPOCH;

    @Column(name = "open_until", nullable = false)
    private Instant openUntil = Instant.EPOCH;

    /** For the persistence provider. */
    SealingKeyRow() {}

    SealingKeyRow(int generation, SealingKey key) {
        this.generation = generation;
        this.id = key.id();
        this.secret = key.key().base64url();
        this.sealFrom = key.sealFrom();
        this.openUntil = key.openUntil();
    }

    int generation() {
        return generation;
    }

    SealingKey toKey() {
        return new SealingKey(id, Bytes.require(secret), sealFrom, openUntil);
    }
}
