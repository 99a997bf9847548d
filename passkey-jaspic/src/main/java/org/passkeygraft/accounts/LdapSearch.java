package org.passkeygraft.accounts;

import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.PartialResultException;
import javax.naming.SizeLimitExceededException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

/**
 * One search.
 *
 * @param filter with every value in it escaped
 * @param attributes to be given, operational ones too
 */
record LdapSearch(String base, int scope, String filter, List<String> attributes) {
    private static final int PATIENCE_MILLIS = 5_000;

    LdapSearch {
        attributes = List.copyOf(attributes);
    }

    static LdapSearch below(String base, String filter, List<String> attributes) {
        return new LdapSearch(base, SearchControls.SUBTREE_SCOPE, filter, attributes);
    }

    /** Of one entry, whether it matches. */
    static LdapSearch at(String dn, String filter) {
        return new LdapSearch(dn, SearchControls.OBJECT_SCOPE, filter, List.of("1.1"));
    }

    /** Every entry there is. */
    List<SearchResult> all(LdapContext context) throws NamingException {
        return run(context, 0);
    }

    /** One or two entries, where two already are too many. */
    List<SearchResult> atMostTwo(LdapContext context) throws NamingException {
        return run(context, 2);
    }

    /** Objects are never made of what is found, so nothing of it is deserialized. */
    @SuppressWarnings("BanJNDI")
    private List<SearchResult> run(LdapContext context, int limit) throws NamingException {
        SearchControls controls =
                new SearchControls(scope, limit, PATIENCE_MILLIS, attributes.toArray(String[]::new), false, false);
        List<SearchResult> found = new ArrayList<>();
        NamingEnumeration<SearchResult> results = context.search(name(), filter, controls);
        try {
            while ((limit == 0 || found.size() < limit) && results.hasMore()) {
                found.add(results.next());
            }
        } catch (PartialResultException referral) {
            // The rest is on other servers, which are not asked.
            return found;
        } catch (SizeLimitExceededException more) {
            if (limit == 0 || found.size() < limit) {
                throw more;
            }
        } finally {
            results.close();
        }
        return found;
    }

    /** A text would be read as a composite name, in which a slash means something. */
    private LdapName name() throws InvalidNameException {
        return new LdapName(base);
    }
}
