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
        String key = queries.keyAttribute().isEmpty() ? name : only(attributes, queries.keyAttribute());
        List<String> memberships = groupsAttribute.isEmpty() ? List.of() : values(attributes, groupsAttribute);
        return new LdapEntry(found.getNameInNamespace(), new Account(name, key), memberships);
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

    /** What a value of memberOf names: the first RDN of a DN, or the text itself. */
    static String groupName(String membership) {
        try {
            LdapName name = new LdapName(membership);
            return name.isEmpty()
                    ? membership
                    : String.valueOf(name.getRdn(name.size() - 1).getValue());
        } catch (NamingException plain) {
            return membership;
        }
    }
}
