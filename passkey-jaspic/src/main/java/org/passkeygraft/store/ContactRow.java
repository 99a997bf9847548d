package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.passkeygraft.Contact;
import org.passkeygraft.UserHandle;

@Entity(name = "PasskeyContact")
@Table(name = "passkey_contact")
@NamedQuery(name = ContactRow.OF, query = "select c from PasskeyContact c where c.owner = :owner")
@NamedQuery(
        name = ContactRow.BY_KEY,
        query =
                "select u.accountKey, c from PasskeyContact c, PasskeyUser u where c.owner = u.handle and u.accountKey = :key")
@NamedQuery(name = ContactRow.REMOVE, query = "delete from PasskeyContact c where c.owner = :owner")
final class ContactRow {
    static final String OF = "passkey.contact.of";
    static final String BY_KEY = "passkey.contact.by-key";
    static final String REMOVE = "passkey.contact.remove";

    @Id
    @Column(name = "owner_handle", nullable = false, length = 86)
    private String owner = "";

    @Column(name = "kind", nullable = false, length = 10)
    private String kind = "";

    @Column(name = "address", nullable = false, length = 254)
    private String address = "";

    @Column(name = "verified_at", nullable = false)
    private Instant verifiedAt = Instant.EPOCH;

    @Column(name = "usable_from", nullable = false)
    private Instant usableFrom = Instant.EPOCH;

    @Column(name = "previous_kind", nullable = false, length = 10)
    private String previousKind = "";

    @Column(name = "previous_address", nullable = false, length = 254)
    private String previousAddress = "";

    /** For the persistence provider. */
    ContactRow() {}

    ContactRow(UserHandle owner, UserContact contact) {
        Optional<Contact> replaced = Optional.ofNullable(contact.replaced());
        this.owner = owner.toString();
        this.kind = contact.contact().kind().label();
        this.address = contact.contact().address();
        this.verifiedAt = contact.verifiedAt();
        this.usableFrom = contact.usableFrom();
        this.previousKind = replaced.map(other -> other.kind().label()).orElse("");
        this.previousAddress = replaced.map(Contact::address).orElse("");
    }

    UserContact toContact() {
        return new UserContact(
                contact(kind, address).orElseThrow(),
                verifiedAt,
                usableFrom,
                contact(previousKind, previousAddress).orElse(null));
    }

    static Optional<Contact> contact(String kind, String address) {
        return Contact.Kind.labelled(kind).map(known -> new Contact(known, address));
    }
}
