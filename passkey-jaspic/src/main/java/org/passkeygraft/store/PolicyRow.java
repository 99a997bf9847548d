package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.passkeygraft.policy.PasskeyPolicy;

@Entity(name = "PasskeyPolicy")
@Table(name = "passkey_policy")
@NamedQuery(name = PolicyRow.CURRENT, query = "select p from PasskeyPolicy p where p.id = 1")
@NamedQuery(
        name = PolicyRow.CHANGE,
        query = "update PasskeyPolicy p set p.allowed = :allowed, p.maximum = :maximum, p.offerToBind = :offerToBind"
                + " where p.id = 1")
final class PolicyRow {
    static final String CURRENT = "passkey.policy.current";
    static final String CHANGE = "passkey.policy.change";

    /** There is one row. */
    @Id
    @Column(name = "id", nullable = false)
    private int id = 1;

    @Column(name = "allowed", nullable = false)
    private boolean allowed;

    @Column(name = "maximum", nullable = false)
    private int maximum;

    @Column(name = "offer_to_bind", nullable = false)
    private boolean offerToBind;

    /** For the persistence provider. */
    PolicyRow() {}

    PolicyRow(PasskeyPolicy policy) {
        this.allowed = policy.allowed();
        this.maximum = policy.maximum();
        this.offerToBind = policy.offerToBind();
    }

    PasskeyPolicy toPolicy() {
        return new PasskeyPolicy(allowed, maximum, offerToBind);
    }
}
