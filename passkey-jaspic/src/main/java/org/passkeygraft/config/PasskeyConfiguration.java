package org.passkeygraft.config;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.policy.PasskeyPolicy;

/**
 * The whole configuration of one web application: valid, immutable, read once when the application starts.
 *
 * @param policy what holds when the store is made; an administrator can change it afterwards
 */
public record PasskeyConfiguration(
        RelyingParty relyingParty,
        Http http,
        Door door,
        List<Protection> protections,
        Entrance entrance,
        Accounts accounts,
        Store store,
        Ceremony ceremony,
        Session session,
        Throttle throttle,
        PasskeyPolicy policy,
        Administration administration,
        Monitoring monitoring,
        Messaging messaging,
        Arming arming) {
    public PasskeyConfiguration {
        protections = List.copyOf(protections);
    }

    /**
     * Reads and checks everything at once.
     *
     * @throws ConfigurationException with every problem found; the application must not start then
     */
    public static PasskeyConfiguration load(Settings settings) {
        return new ConfigurationReader(settings).read();
    }

    /**
     * The same with what only the application's own descriptors tell.
     *
     * @param decided the door in use; {@link Door#AUTO} where none is: then only our pages are served
     */
    public PasskeyConfiguration in(Door decided, Entrance known) {
        return new PasskeyConfiguration(
                relyingParty,
                http,
                decided,
                protections,
                known,
                accounts,
                store,
                ceremony,
                session,
                throttle,
                policy,
                administration,
                monitoring,
                messaging,
                arming);
    }

    /**
     * Who we are to authenticators (WebAuthn Level 3, section 4).
     *
     * @param id the RP ID: the host, or a registrable parent of it
     * @param origins exact origins that ceremonies may come from, never empty
     * @param u2fAppId what older keys were registered for by another system through U2F (section 10.1.1), null if none were
     */
    public record RelyingParty(
            String id,
            String name,
            Set<String> origins,
            @Nullable String u2fAppId) {
        public RelyingParty {
            origins = Collections.unmodifiableSet(new LinkedHashSet<>(origins));
        }

        public RelyingParty(String id, String name, Set<String> origins) {
            this(id, name, origins, null);
        }

        /** The AppID of older keys, if there are any. */
        public Optional<String> appId() {
            return Optional.ofNullable(u2fAppId);
        }
    }

    /**
     * What the pages need to know.
     *
     * @param origins http(s) origins that unsafe requests may come from; the first is where links that people pass on lead
     * @param applicationId tells this application's cookies from those of others on the host; by default the context path
     * @param startPage path below the context, begins with a slash, for a logon that nobody was sent to
     * @param trustedProxies addresses or CIDR blocks whose X-Forwarded-For counts
     * @param cache what caches may keep of the application's answers that depend on the logon
     */
    public record Http(
            Set<String> origins,
            String applicationId,
            String startPage,
            String logoutTarget,
            @Nullable URI forgottenPasswordPage,
            List<String> trustedProxies,
            Caching cache,
            @Nullable String changedPath) {
        public Http {
            origins = Collections.unmodifiableSet(new LinkedHashSet<>(origins));
            trustedProxies = List.copyOf(trustedProxies);
        }

        /** Where the logon page's link for a forgotten password leads, if the application has such a page. */
        public Optional<URI> forgottenPassword() {
            return Optional.ofNullable(forgottenPasswordPage);
        }

        /**
         * Returns the path that browsers know the application by, where a proxy changes it; without a slash at its end, so
         * the host's root is empty.
         */
        public Optional<String> publicPath() {
            return Optional.ofNullable(changedPath);
        }
    }

    /** What caches may keep of an answer of the application's own that depends on the logon (RFC 9111, section 5.2.2). */
    public enum Caching {
        /** Browsers only. */
        PRIVATE("private"),
        /** Nothing at all. */
        NO_STORE("no-store"),
        /** What the application and its container say. */
        UNCHANGED("unchanged");

        private final String label;

        Caching(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Which door protects the application. */
    public enum Door {
        /** The constraints of web.xml decide, and without any the protect rules. */
        AUTO,
        /** The container asks our ServerAuthModule. */
        MODULE,
        /** The caller of every request is the one that our filter tells. */
        FILTER,
        /** The container's own logon asks our LoginModule; our filter follows it. */
        JAAS
    }

    /**
     * Which callers may ask for what. Rules of one pattern hold together, and of all patterns that match a path only the
     * best counts (Servlet 6.0, sections 12.1 and 13.8).
     *
     * @param pattern a servlet URL pattern: {@code /a/b}, {@code /a/*}, {@code *.ext} or {@code /}
     * @param methods empty for every method
     * @param roles one of them is enough; {@code **} is every caller. Empty where the rule is {@code open}
     * @param open for everybody, logged on or not
     * @param stepUp what is asked beyond that; nothing where the rule is {@code open}
     */
    public record Protection(String pattern, Set<String> methods, Set<String> roles, boolean open, StepUp stepUp) {
        /** The role that every caller has (Servlet 6.0, section 13.8). */
        public static final String ANY_CALLER = "**";

        public Protection {
            methods = Set.copyOf(methods);
            roles = Set.copyOf(roles);
            if (open != roles.isEmpty()) {
                throw new IllegalArgumentException("a rule is open, or it has roles");
            }
            if (open && !stepUp.isNone()) {
                throw new IllegalArgumentException("what is open asks for no proof");
            }
        }

        public Protection(String pattern, Set<String> methods, Set<String> roles, boolean open) {
            this(pattern, methods, roles, open, StepUp.NONE);
        }
    }

    /**
     * How callers come in.
     *
     * @param registersFilter whether our filter is registered by us; else the application declares it
     * @param basic whether machine clients may send their password with every request
     * @param realm what such clients are told they need a password for; printable ASCII
     * @param logonPage path below the context, begins with a slash
     * @param logonErrorPage the same, for a refused logon from a page of the application's own
     * @param declared what the application's descriptors say
     */
    public record Entrance(
            boolean registersFilter,
            Basic basic,
            String realm,
            String logonPage,
            String logonErrorPage,
            Declared declared) {
        /** Our own logon page. */
        public static final String OWN_LOGON_PAGE = "/passkey/logon";

        public boolean takesBasic() {
            return basic == Basic.ON;
        }

        /** The same, once it is known what web.xml says of BASIC. */
        public Entrance withBasic(boolean on, String realmName) {
            return new Entrance(
                    registersFilter, on ? Basic.ON : Basic.OFF, realmName, logonPage, logonErrorPage, declared);
        }

        /** Returns the same with what the application's descriptors say. */
        public Entrance with(Declared found) {
            return new Entrance(registersFilter, basic, realm, logonPage, logonErrorPage, found);
        }
    }

    /**
     * What an application's descriptors and annotations say of its own logon.
     *
     * @param confidential whether a constraint asks for a transport guarantee (Servlet 6.0, section 13.8.1)
     * @param formPages the pages of {@code form-login-config}: paths below the context
     */
    public record Declared(boolean confidential, Set<String> formPages) {
        /** Before the descriptors are read, and where they say nothing. */
        public static final Declared NOTHING = new Declared(false, Set.of());

        public Declared {
            formPages = Set.copyOf(formPages);
        }
    }

    /** Whether an {@code Authorization: Basic} header proves who a request is from (RFC 7617). */
    public enum Basic {
        /** The login-config of web.xml decides. */
        AUTO,
        ON,
        OFF
    }

    /** A database to be reached by JNDI, or by URL with a pool of ours. */
    public sealed interface Database {
        record Jndi(String name) implements Database {}

        /**
         * By the driver that knows the URL.
         *
         * @param user empty if the URL says it, or the database asks for none
         */
        record Url(String url, String user, Secret password) implements Database {
            /** The URL without what may be a user, a password or an option. */
            public String location() {
                return url.replaceFirst("[?;].*", "").replaceFirst("^(jdbc:[a-z0-9]+:).*@/*", "$1//");
            }

            @Override
            public String toString() {
                return "Url[url=" + location() + ", user=" + user + ", password=" + password + "]";
            }
        }

        /** An embedded H2 file in this directory, made at first start with a random password beside it. */
        record Embedded(Path directory) implements Database {}
    }

    /** A text that never prints. */
    public record Secret(String text) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** The accounts the application already has. */
    public sealed interface Accounts {
        /**
         * Queries on the application's own tables.
         *
         * @param passwordFormat how a stored hash that does not say its format is to be read; {@code auto} if each does
         * @param hashesAtOnce how many passwords are hashed at a time, at least 1
         */
        record Sql(Database database, Queries queries, String passwordFormat, int hashesAtOnce) implements Accounts {}

        /**
         * A file in the format of Jetty's {@code HashLoginService}.
         *
         * @param passwordFormat as in {@link Sql}, or {@code plain}: then what is no hash is the password itself
         * @param hashesAtOnce how many passwords are hashed at a time, at least 1
         */
        record File(Path path, String passwordFormat, int hashesAtOnce) implements Accounts {}

        /**
         * A directory, asked by LDAP.
         *
         * @param urls of servers that hold the same; the first that answers is asked
         * @param user binds to search, empty for an anonymous search
         * @param startTls whether an {@code ldap} connection is encrypted before anything is said
         */
        record Ldap(List<String> urls, String user, Secret password, boolean startTls, LdapQueries queries)
                implements Accounts {
            public Ldap {
                urls = List.copyOf(urls);
            }
        }

        /**
         * A login entry of JAAS.
         *
         * @param configurationFile where the entry is; null for the JVM's own configuration
         * @param userClasses whose principal names the account; empty for the one that is no role
         * @param roleClasses whose principals name the groups, never empty
         * @param maximumAge how long a full password logon is remembered
         */
        record Jaas(
                String entry,
                @Nullable Path configurationFile,
                Set<String> userClasses,
                Set<String> roleClasses,
                Duration maximumAge)
                implements Accounts {
            public Jaas {
                userClasses = Set.copyOf(userClasses);
                roleClasses = Set.copyOf(roleClasses);
            }

            /** Where the entry is, if not in the JVM's own configuration. */
            public Optional<Path> file() {
                return Optional.ofNullable(configurationFile);
            }
        }

        /**
         * The container's own realm, which only the module can ask.
         *
         * @param maximumAge how long a full password logon is remembered
         */
        record Container(Duration maximumAge) implements Accounts {}

        /** An extension brings them. */
        record Extension() implements Accounts {}

        /** How long what a password logon told stands in for a directory; empty where a directory can be asked. */
        default Optional<Duration> remembered() {
            if (this instanceof Jaas jaas) {
                return Optional.of(jaas.maximumAge());
            }
            return this instanceof Container container ? Optional.of(container.maximumAge()) : Optional.empty();
        }
    }

    /**
     * How a directory is searched.
     *
     * @param filter finds an account by the name typed, which stands for <code>{0}</code>
     * @param keyAttribute gives what stays when the name changes; empty if the name is the key
     * @param usableFilter matches accounts that may be used now; empty if all may
     */
    public record LdapQueries(
            String base,
            String filter,
            String nameAttribute,
            String keyAttribute,
            String usableFilter,
            LdapGroups groups) {
        /** The keys that these are written under. */
        public static final String BASE = "passkey.accounts.ldap.base";

        public static final String FILTER = "passkey.accounts.ldap.filter";
        public static final String USABLE_FILTER = "passkey.accounts.ldap.usable-filter";
        public static final String GROUPS_BASE = "passkey.accounts.ldap.groups.base";
        public static final String GROUPS_FILTER = "passkey.accounts.ldap.groups.filter";
    }

    /** Where a directory keeps the groups of an account. */
    public sealed interface LdapGroups {
        /**
         * In entries of their own.
         *
         * @param filter finds those of an account, whose DN stands for <code>{dn}</code> and name for <code>{name}</code>
         * @param nameAttribute gives the group's name
         */
        record Entries(String base, String filter, String nameAttribute) implements LdapGroups {}

        /**
         * In an attribute of the account: DNs, whose first RDN names the group, or plain names.
         *
         * @param base below which a DN must be to count, and nothing else counts then; empty for any
         */
        record Attribute(String name, String base) implements LdapGroups {}
    }

    /**
     * Queries with the named parameters {@code :name} and {@code :key}.
     *
     * @param byName finds an account by the name typed
     * @param byKeyQuery finds it by its key; null if the name is the key
     * @param groups one group a row
     */
    public record Queries(String byName, @Nullable String byKeyQuery, String groups) {
        /** The keys that the three are written under. */
        public static final String BY_NAME = "passkey.accounts.sql.by-name";

        public static final String BY_KEY = "passkey.accounts.sql.by-key";
        public static final String GROUPS = "passkey.accounts.sql.groups";

        /** Finds an account by its key, if that is not its name. */
        public Optional<String> byKey() {
            return Optional.ofNullable(byKeyQuery);
        }
    }

    /**
     * Where our own tables are.
     *
     * @param migrate whether we create and update them ourselves
     */
    public record Store(Database database, boolean migrate) {}

    /**
     * How ceremonies run.
     *
     * @param timeout how long one may wait for its answer, 30 seconds to 10 minutes
     * @param trustRoots whom to believe about the model of an authenticator; none where nobody has to prove it
     */
    public record Ceremony(Duration timeout, Set<X509Certificate> trustRoots) {
        public Ceremony {
            trustRoots = Set.copyOf(trustRoots);
        }

        /** Without trust roots. */
        public Ceremony(Duration timeout) {
            this(timeout, Set.of());
        }
    }

    /**
     * How long what a session says is believed.
     *
     * @param recheck how old the directory's word on a session may be
     * @param confirmationMaximumAge how old a proof may be before a sensitive change
     * @param hardenCookies whether the session cookie is made HttpOnly, SameSite=Lax and Secure
     */
    public record Session(Duration recheck, Duration confirmationMaximumAge, boolean hardenCookies) {}

    /**
     * How many failures are too many.
     *
     * @param accountFailures failures of one account within the window before its passwords are delayed
     * @param addressFailures failures from one address a minute
     * @param addressBeginnings ceremonies begun from one address a minute
     * @param checksAtOnce passwords and codes that one server checks or lets wait at the same time, at least 1; holds also
     *     where failures slow down nobody
     */
    public record Throttle(
            boolean enabled,
            int accountFailures,
            Duration accountWindow,
            int addressFailures,
            int addressBeginnings,
            int checksAtOnce) {}

    /**
     * Who looks after it.
     *
     * @param role whose callers may administer; null for nobody
     */
    public record Administration(@Nullable String role) {
        /** The role of administrators; empty where there is no administration. */
        public Optional<String> administratorRole() {
            return Optional.ofNullable(role);
        }
    }

    /**
     * What is kept of what happened, and who may measure it.
     *
     * @param auditTable whether events are kept in the database too
     * @param auditRetention how long
     * @param role whose callers may read the metrics; null for nobody
     */
    public record Monitoring(
            boolean auditTable,
            Duration auditRetention,
            @Nullable String role) {
        /** The role of those who may read the metrics; empty where nobody may. */
        public Optional<String> metricsRole() {
            return Optional.ofNullable(role);
        }
    }

    /**
     * Which of the application's own login pages learn passkeys on their way to the browser.
     *
     * @param pages exact paths below the context, decoded; empty if none
     */
    public record Arming(List<String> pages) {
        public Arming {
            pages = List.copyOf(pages);
        }
    }
}
