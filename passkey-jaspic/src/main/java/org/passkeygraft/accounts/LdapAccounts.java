package org.passkeygraft.accounts;

import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.AuthenticationException;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.InvalidSearchFilterException;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import org.passkeygraft.Account;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.LdapGroups;
import org.passkeygraft.config.PasskeyConfiguration.LdapQueries;
import org.passkeygraft.config.Problem;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasswordVerifier;

/**
 * The accounts of an LDAP directory. A password is right if the directory lets its entry bind with it. The caller's name
 * and key are what the entry says, never what somebody typed. Safe for use by many threads.
 */
final class LdapAccounts implements PasswordVerifier, CallerDirectory {
    private static final System.Logger LOG = System.getLogger(LdapAccounts.class.getName());
    private static final String ANY = "*";
    private static final Pattern PLACE = Pattern.compile("\\{(dn|name)}");
    private static final String PROBE = "passkey-graft-probe";
    private static final Set<String> BINARY_KEYS = Set.of("objectguid", "guid", "ms-ds-consistencyguid", "objectsid");

    /** What the server takes to refuse the password of an entry that it has. */
    private final RecentTimes refusals = new RecentTimes();

    private final LdapServer server;
    private final LdapQueries queries;
    private final boolean binaryKey;
    private final String groupsAttribute;
    private final String membershipBase;

    private LdapAccounts(Accounts.Ldap ldap) {
        this.queries = ldap.queries();
        this.binaryKey = BINARY_KEYS.contains(queries.keyAttribute().toLowerCase(Locale.ROOT));
        Optional<LdapGroups.Attribute> attribute =
                queries.groups() instanceof LdapGroups.Attribute groups ? Optional.of(groups) : Optional.empty();
        this.groupsAttribute = attribute.map(LdapGroups.Attribute::name).orElse("");
        this.membershipBase = attribute.map(LdapGroups.Attribute::base).orElse("");
        this.server = new LdapServer(ldap, binaryKey ? queries.keyAttribute() : "");
    }

    /**
     * Tries the searches out.
     *
     * @throws ConfigurationException naming the key that the directory does not understand
     * @throws UnavailableException if the directory cannot be asked
     */
    static LdapAccounts of(Accounts.Ldap ldap) {
        LdapAccounts accounts = new LdapAccounts(ldap);
        accounts.tryOut(ldap);
        boolean open = ldap.urls().stream().anyMatch(url -> url.startsWith("ldap:")) && !ldap.startTls();
        if (open) {
            LOG.log(
                    Level.WARNING,
                    "passwords go to {0} in the clear: write an ldaps URL, or passkey.accounts.ldap.start-tls=true",
                    ldap.urls());
        }
        if (ldap.queries().usableFilter().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "there is no {0}: an account that is locked in the directory logs on with its passkey all the same;"
                            + " write the filter, such as (!(pwdAccountLockedTime=*)), or (objectClass=*) if no account is"
                            + " ever locked",
                    LdapQueries.USABLE_FILTER);
        }
        return accounts;
    }

    private void tryOut(Accounts.Ldap ldap) {
        String probe = LdapFilter.escaped(PROBE);
        try {
            server.tryOut(LdapContext::getEnvironment);
        } catch (AuthenticationException e) {
            throw refused("passkey.accounts.ldap.user", ldap.user(), e);
        } catch (NamingException e) {
            throw new UnavailableException("the directory cannot be asked", e);
        }
        tryOut(LdapQueries.FILTER, LdapSearch.below(queries.base(), byName(probe), attributes()));
        if (!queries.usableFilter().isEmpty()) {
            tryOut(LdapQueries.USABLE_FILTER, LdapSearch.at(queries.base(), queries.usableFilter()));
        }
        if (queries.groups() instanceof LdapGroups.Entries groups) {
            tryOut(LdapQueries.GROUPS_FILTER, search(groups, probe, probe));
        }
    }

    private void tryOut(String key, LdapSearch search) {
        try {
            server.tryOut(search::atMostTwo);
        } catch (InvalidSearchFilterException e) {
            throw refused(key, search.filter(), e);
        } catch (NameNotFoundException | InvalidNameException e) {
            boolean groups = key.equals(LdapQueries.GROUPS_FILTER);
            throw refused(groups ? LdapQueries.GROUPS_BASE : LdapQueries.BASE, search.base(), e);
        } catch (NamingException e) {
            throw new UnavailableException("the directory cannot be asked", e);
        }
    }

    private static ConfigurationException refused(String key, String value, NamingException e) {
        String answer = String.valueOf(e.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ");
        return new ConfigurationException(
                List.of(new Problem(key, value, "the directory does not take it: " + answer)));
    }

    boolean hasKeys() {
        return !queries.keyAttribute().isEmpty();
    }

    @Override
    public Optional<Account> verify(String username, char[] password) {
        if (!TypedName.isAskable(username) || password.length == 0) {
            return Optional.empty();
        }
        Optional<LdapEntry> entry = server.ask(context -> byName(context, username));
        long started = System.nanoTime();
        // A name that nobody has costs the same two questions (T-62).
        boolean right = server.binds(entry.map(LdapEntry::dn).orElseGet(this::nobody), password);
        long spent = System.nanoTime() - started;
        if (entry.isEmpty()) {
            // Servers refuse an entry that they do not have without hashing.
            refusals.await(spent);
        } else if (!right) {
            refusals.add(spent);
        }
        return right ? entry.map(LdapEntry::account) : Optional.empty();
    }

    private String nobody() {
        return "cn=" + PROBE + "," + queries.base();
    }

    @Override
    public Optional<Account> resolve(String username) {
        return TypedName.isAskable(username)
                ? server.ask(context -> byName(context, username)).map(LdapEntry::account)
                : Optional.empty();
    }

    @Override
    public Optional<Entry> find(String accountKey) {
        return TypedName.isAskable(accountKey)
                ? server.ask(context -> byKey(context, accountKey))
                        .filter(entry -> entry.account().key().equals(accountKey))
                : Optional.empty();
    }

    private Optional<LdapEntry> byName(LdapContext context, String username) throws NamingException {
        return only(context, byName(LdapFilter.escaped(username)));
    }

    private String byName(String escapedName) {
        return queries.filter().replace("{0}", escapedName);
    }

    private Optional<Entry> byKey(LdapContext context, String accountKey) throws NamingException {
        Optional<String> wanted = keyFilter(accountKey);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        // The filter that finds accounts also says which entries are accounts at all, whatever they are called.
        Optional<LdapEntry> found = only(context, LdapFilter.both(wanted.get(), byName(ANY)));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LdapEntry entry = found.get();
        boolean usable = isUsable(context, entry.dn());
        return Optional.of(new Entry(entry.account(), usable, usable ? groups(context, entry) : Set.of()));
    }

    /** Empty if no entry can have such a key. */
    private Optional<String> keyFilter(String accountKey) {
        if (!hasKeys()) {
            return Optional.of(LdapFilter.equal(queries.nameAttribute(), LdapFilter.escaped(accountKey)));
        }
        if (!binaryKey) {
            return Optional.of(LdapFilter.equal(queries.keyAttribute(), LdapFilter.escaped(accountKey)));
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(accountKey);
            return Optional.of(LdapFilter.equal(queries.keyAttribute(), LdapFilter.escaped(bytes)));
        } catch (IllegalArgumentException noBytes) {
            return Optional.empty();
        }
    }

    private Optional<LdapEntry> only(LdapContext context, String filter) throws NamingException {
        List<SearchResult> found =
                LdapSearch.below(queries.base(), filter, attributes()).atMostTwo(context);
        if (found.size() > 1) {
            LOG.log(Level.WARNING, "{0} finds more than one entry: nobody is let in", TypedName.oneLine(filter));
        }
        if (found.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(LdapEntry.of(found.get(0), queries, groupsAttribute));
        } catch (IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} is no account: {1}",
                    TypedName.oneLine(found.get(0).getNameInNamespace()),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private List<String> attributes() {
        return Stream.of(queries.nameAttribute(), queries.keyAttribute(), groupsAttribute)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private boolean isUsable(LdapContext context, String dn) throws NamingException {
        return queries.usableFilter().isEmpty()
                || !LdapSearch.at(dn, queries.usableFilter()).atMostTwo(context).isEmpty();
    }

    private Set<String> groups(LdapContext context, LdapEntry entry) throws NamingException {
        Stream<String> names;
        if (queries.groups() instanceof LdapGroups.Entries groups) {
            LdapSearch search = search(
                    groups,
                    LdapFilter.escaped(entry.dn()),
                    LdapFilter.escaped(entry.account().name()));
            Stream.Builder<String> found = Stream.builder();
            for (SearchResult group : search.all(context)) {
                LdapEntry.values(group.getAttributes(), groups.nameAttribute()).forEach(found);
            }
            names = found.build();
        } else {
            names = entry.memberships().stream()
                    .flatMap(membership -> LdapEntry.groupName(membership, membershipBase).stream());
        }
        return names.filter(name -> !name.isBlank()).collect(Collectors.toUnmodifiableSet());
    }

    private static LdapSearch search(LdapGroups.Entries groups, String escapedDn, String escapedName) {
        // In one pass: a name may be called like a place.
        String filter = PLACE.matcher(groups.filter())
                .replaceAll(place -> Matcher.quoteReplacement(place.group(1).equals("dn") ? escapedDn : escapedName));
        return LdapSearch.below(groups.base(), filter, List.of(groups.nameAttribute()));
    }
}
