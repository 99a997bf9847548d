package org.passkeygraft.accounts;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapName;
import org.passkeygraft.Account;
import org.passkeygraft.config.PasskeyConfiguration.LdapQueries;

/** An entry that stands for an account. */
record LdapEntry(String dn, Account account, List<String> memberships) {
    LdapEntry {
        memberships = List.copyOf(memberships);
    }

    /**
     * Reads what a search found.
     *
     * @param groupsAttribute empty if groups are entries of their own
     * @throws IllegalArgumentException if it has no name or key that an account could have
     */
    static LdapEntry of(SearchResult found, LdapQueries queries, String groupsAttribute) throws NamingException {
        Attributes attributes = found.getAttributes();
        String name = only(attributes, queries.nameAttribute());
        String key = queries.keyAttribute().isEmpty() ? name : key(attributes, queries.keyAttribute());
        List<String> memberships = groupsAttribute.isEmpty() ? List.of() : values(attributes, groupsAttribute);
        return new LdapEntry(found.getNameInNamespace(), new Account(name, key), memberships);
    }

    /** Bytes that were read as text lose what tells them apart. */
    private static String key(Attributes attributes, String name) throws NamingException {
        String key = only(attributes, name);
        if (key.chars().anyMatch(character -> character == '\ufffd' || Character.isISOControl(character))) {
            throw new IllegalArgumentException("its value of " + name + " is no text, so it cannot be the key");
        }
        return key;
    }

    /** With two names it would depend on the server's mood who this is. */
    private static String only(Attributes attributes, String name) throws NamingException {
        List<String> values = values(attributes, name);
        if (values.size() != 1) {
            throw new IllegalArgumentException("it has " + values.size() + " values of " + name);
        }
        return values.get(0);
    }

    static List<String> values(Attributes attributes, String name) throws NamingException {
        Optional<Attribute> attribute = Optional.ofNullable(attributes.get(name));
        List<String> values = new ArrayList<>();
        if (attribute.isPresent()) {
            NamingEnumeration<?> all = attribute.get().getAll();
            try {
                while (all.hasMore()) {
                    values.add(text(all.next()));
                }
            } finally {
                all.close();
            }
        }
        return values;
    }

    /** Bytes, as in objectGUID, are written in hex. */
    private static String text(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
    }

    /**
     * What a value of memberOf names: the first RDN of a DN, or the text itself.
     *
     * @param base below which a DN must be to name a group at all; empty for anywhere
     */
    static Optional<String> groupName(String membership, String base) {
        try {
            LdapName name = new LdapName(membership);
            LdapName above = new LdapName(base);
            if (name.size() > above.size() && name.startsWith(above)) {
                return Optional.of(String.valueOf(name.getRdn(name.size() - 1).getValue()));
            }
            return Optional.empty();
        } catch (NamingException plain) {
            return base.isEmpty() ? Optional.of(membership) : Optional.empty();
        }
    }
}
