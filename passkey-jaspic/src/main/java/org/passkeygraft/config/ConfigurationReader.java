package org.passkeygraft.config;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Ceremony;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Entrance;
import org.passkeygraft.config.PasskeyConfiguration.Http;
import org.passkeygraft.config.PasskeyConfiguration.Monitoring;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.config.PasskeyConfiguration.RelyingParty;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.config.PasskeyConfiguration.Session;
import org.passkeygraft.config.PasskeyConfiguration.Store;
import org.passkeygraft.config.PasskeyConfiguration.Throttle;
import org.passkeygraft.policy.BackupPolicy;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.PasskeyPolicy;

/** Makes the configuration of the settings, or tells everything that is wrong with them. */
final class ConfigurationReader {
    private static final String ONE_DATABASE = "name one database: by jndi, or by url";

    private final Settings settings;
    private final Reading reading;

    ConfigurationReader(Settings settings) {
        this.settings = settings;
        this.reading = new Reading(settings);
    }

    PasskeyConfiguration read() {
        RelyingParty relyingParty = relyingParty();
        Http http = http(relyingParty);
        PasskeyConfiguration.Door door = reading.value(Keys.DOOR);
        List<Protection> protections = new ProtectionReader(reading).read();
        if (door == PasskeyConfiguration.Door.FILTER && protections.isEmpty()) {
            reading.refuse(Keys.DOOR, "say what the filter is to protect: write passkey.protect.1.pattern");
        }
        if (door == PasskeyConfiguration.Door.JAAS
                && !reading.value(Keys.ACCOUNTS_KIND).isLive()) {
            reading.refuse(
                    Keys.ACCOUNTS_KIND,
                    "passkey.door is jaas, which asks at any time whether an account may be used: take a kind that can tell,"
                            + " such as sql");
        }
        Entrance entrance = entrance(relyingParty);
        Optional<Database> shared = database(Keys.STORE_JNDI, Keys.STORE_URL, Keys.STORE_USER, Keys.STORE_PASSWORD);
        if (shared.isPresent() && reading.isSet(Keys.STORE_DIR)) {
            reading.refuse(Keys.STORE_DIR, "the store is in another database: leave it out");
        }
        Accounts accounts = accounts(shared);
        Store store = new Store(shared.orElseGet(this::embedded), reading.value(Keys.STORE_MIGRATE));
        var configuration = new PasskeyConfiguration(
                relyingParty,
                http,
                door,
                protections,
                entrance,
                accounts,
                store,
                ceremony(),
                session(),
                throttle(),
                policy(),
                new PasskeyConfiguration.Administration(
                        reading.find(Keys.ADMINISTRATOR_ROLE).orElse(null)),
                monitoring(),
                new MessagingReader(reading).read(),
                new PasskeyConfiguration.Arming(reading.value(Keys.ARM_PAGES)));
        reading.refuseUnknownNames();
        reading.throwIfRefused();
        return configuration;
    }

    private RelyingParty relyingParty() {
        String id = reading.require(Keys.RP_ID, "write the domain that the passkeys belong to, such as example.org");
        String name = reading.find(Keys.RP_NAME).orElse(id);
        Set<String> origins = reading.require(
                Keys.RP_ORIGINS, "write where the application is reached, such as https://www.example.org");
        if (reading.isSound(Keys.RP_ID, Keys.RP_ORIGINS)) {
            origins.stream()
                    .filter(ConfigurationReader::isOfWeb)
                    .flatMap(origin -> objection(origin, id).stream())
                    .findFirst()
                    .ifPresent(remedy -> reading.refuse(Keys.RP_ORIGINS, remedy));
        }
        return new RelyingParty(id, name, origins, reading.find(Keys.RP_APPID).orElse(null));
    }

    /** An origin of pages, as opposed to that of an application on a device. */
    private static boolean isOfWeb(String origin) {
        return origin.startsWith("http");
    }

    private Set<String> webOrigins(Set<String> origins) {
        Set<String> ofWeb = origins.stream()
                .filter(ConfigurationReader::isOfWeb)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (ofWeb.isEmpty() && !origins.isEmpty()) {
            reading.refuse(
                    Keys.RP_ORIGINS, "add the origin of the application's pages, such as https://www.example.org");
        }
        return ofWeb;
    }

    /** WebAuthn Level 3, section 13.4.9: a ceremony comes from a secure context whose host is the RP ID or below it. */
    private static Optional<String> objection(String origin, String rpId) {
        URI uri = URI.create(origin);
        String host = uri.getHost();
        boolean local = host.equals("localhost") || host.endsWith(".localhost");
        if (!host.equals(rpId) && !host.endsWith("." + rpId)) {
            return Optional.of(origin + " is not " + rpId + " or below it, as passkey.rp.id demands");
        }
        // Browsers refuse a public suffix; one without a dot is seen without a list.
        if (!host.equals(rpId) && !rpId.contains(".") && !local) {
            return Optional.of(rpId + " alone cannot be an RP ID for " + origin + ": make passkey.rp.id longer");
        }
        return local || uri.getScheme().equals("https")
                ? Optional.empty()
                : Optional.of(origin + " must be https: browsers have no passkeys elsewhere, but on localhost");
    }

    private Http http(RelyingParty relyingParty) {
        return new Http(
                reading.find(Keys.HTTP_ORIGINS).orElseGet(() -> webOrigins(relyingParty.origins())),
                reading.find(Keys.APPLICATION_ID).orElseGet(this::contextName),
                reading.value(Keys.START_PAGE),
                reading.value(Keys.LOGOUT_TARGET),
                reading.find(Keys.FORGOTTEN_PASSWORD).orElse(null),
                reading.value(Keys.TRUSTED_PROXIES),
                reading.value(Keys.CACHE),
                reading.find(Keys.PUBLIC_PATH).orElse(null));
    }

    private Entrance entrance(RelyingParty relyingParty) {
        String logonPage = reading.value(Keys.LOGON_PAGE);
        return new Entrance(
                reading.value(Keys.FILTER),
                reading.value(Keys.BASIC),
                relyingParty.id(),
                logonPage,
                reading.find(Keys.LOGON_ERROR_PAGE).orElse(logonPage + (logonPage.contains("?") ? "&" : "?") + "error"),
                PasskeyConfiguration.Declared.NOTHING);
    }

    private String contextName() {
        return settings.contextPath().isEmpty() ? "/" : settings.contextPath();
    }

    private Accounts accounts(Optional<Database> shared) {
        Optional<Database> own =
                database(Keys.ACCOUNTS_JNDI, Keys.ACCOUNTS_URL, Keys.ACCOUNTS_USER, Keys.ACCOUNTS_PASSWORD);
        AccountsReader others = new AccountsReader(reading);
        Accounts accounts = switch (reading.value(Keys.ACCOUNTS_KIND)) {
            case SQL -> sql(own.or(() -> shared));
            case FILE -> others.file();
            case LDAP -> others.ldap();
            case JAAS -> others.jaas();
            case CONTAINER -> others.container();
            case EXTENSION -> new Accounts.Extension();
        };
        others.refuseUselessAge(accounts);
        return accounts;
    }

    private Accounts sql(Optional<Database> database) {
        if (database.isEmpty()) {
            reading.refuse(
                    Keys.ACCOUNTS_JNDI,
                    "name the data source of the application's own user table, or write passkey.accounts.url");
        }
        String byName = reading.require(
                Keys.BY_NAME,
                "write the query that finds an account by :name and gives account_name and password_hash");
        String groups =
                reading.require(Keys.GROUPS, "write the query that gives the groups of :name or :key, one a row");
        return new Accounts.Sql(
                database.orElseGet(() -> new Database.Jndi(Keys.ACCOUNTS_JNDI.example())),
                new Queries(byName, reading.find(Keys.BY_KEY).orElse(null), groups),
                reading.value(Keys.PASSWORD_FORMAT),
                reading.find(Keys.HASHES_AT_ONCE).orElseGet(AccountsReader::halfTheProcessors));
    }

    private Optional<Database> database(Key<String> jndi, Key<String> url, Key<String> user, Key<Secret> password) {
        Optional<String> name = reading.find(jndi);
        Optional<String> address = reading.find(url);
        Optional<String> userName = reading.find(user);
        Optional<Secret> secret = reading.find(password);
        if (name.isPresent() && address.isPresent()) {
            reading.refuse(jndi, ONE_DATABASE);
        }
        if (address.isEmpty() && userName.isPresent()) {
            reading.refuse(user, "only " + url.name() + " needs it: leave it out");
        }
        if (address.isEmpty() && secret.isPresent()) {
            reading.refuse(password, "only " + url.name() + " needs it: leave it out");
        }
        return name.<Database>map(Database.Jndi::new)
                .or(() -> address.map(
                        text -> new Database.Url(text, userName.orElse(""), secret.orElse(new Secret("")))));
    }

    private Database embedded() {
        return new Database.Embedded(reading.find(Keys.STORE_DIR).orElseGet(this::ownDirectory));
    }

    /** Below the home of the server's user, so that two applications never share one. */
    private Path ownDirectory() {
        String name = URLEncoder.encode(settings.contextPath().replaceFirst("^/", ""), StandardCharsets.UTF_8);
        Optional<String> home = settings.userHome().filter(text -> !text.isBlank());
        if (home.isEmpty()) {
            reading.refuse(Keys.STORE_DIR, "write an absolute path: the server's user has no home directory");
        }
        return Path.of(home.orElse("/"), ".passkey-graft", name.isEmpty() ? "ROOT" : name);
    }

    private Ceremony ceremony() {
        return new Ceremony(reading.value(Keys.CEREMONY_TIMEOUT), trustRoots());
    }

    private Set<X509Certificate> trustRoots() {
        Optional<Path> file = reading.find(Keys.ATTESTATION_TRUST_ROOTS);
        try {
            return file.isPresent() ? CertificateFile.read(file.get()) : Set.of();
        } catch (UnfitException unfit) {
            reading.refuse(Keys.ATTESTATION_TRUST_ROOTS, unfit.remedy());
            return Set.of();
        }
    }

    private Session session() {
        return new Session(
                reading.value(Keys.SESSION_RECHECK),
                reading.value(Keys.CONFIRMATION_MAXIMUM_AGE),
                reading.value(Keys.HARDEN_COOKIES));
    }

    private Throttle throttle() {
        return new Throttle(
                reading.value(Keys.THROTTLE_ENABLED),
                reading.value(Keys.ACCOUNT_FAILURES),
                reading.value(Keys.ACCOUNT_WINDOW),
                reading.value(Keys.ADDRESS_FAILURES),
                reading.value(Keys.ADDRESS_BEGINNINGS),
                reading.value(Keys.CHECKS_AT_ONCE));
    }

    private Monitoring monitoring() {
        return new Monitoring(
                reading.value(Keys.AUDIT_TABLE),
                reading.value(Keys.AUDIT_RETENTION),
                reading.find(Keys.METRICS_ROLE).orElse(null));
    }

    private PasskeyPolicy policy() {
        PasskeyPolicy policy = PasskeyPolicy.STANDARD
                .withAllowed(reading.value(Keys.POLICY_ALLOWED))
                .withMaximum(reading.value(Keys.POLICY_MAXIMUM))
                .withOfferToBind(reading.value(Keys.POLICY_OFFER_TO_BIND))
                .withSilentUpgrade(reading.value(Keys.POLICY_SILENT_UPGRADE))
                .withPassword(reading.value(Keys.POLICY_PASSWORD))
                .withSecondFactor(reading.value(Keys.POLICY_SECOND_FACTOR))
                .withBackup(new BackupPolicy(
                        reading.value(Keys.POLICY_ONE_TIME_CODES), reading.value(Keys.POLICY_RECOVERY_CODES)));
        policy.conflicts().forEach(this::refuse);
        return policy.withSuffixes(suffixes());
    }

    private LogonSuffixes suffixes() {
        String standard = LogonSuffixes.folded(reading.value(Keys.POLICY_LOGON_SUFFIX));
        Set<String> custom = reading.value(Keys.POLICY_CUSTOM_LOGON_SUFFIXES);
        boolean repeated = custom.stream().map(LogonSuffixes::folded).distinct().count() < custom.size()
                || custom.stream().map(LogonSuffixes::folded).anyMatch(standard::equals);
        if (repeated) {
            reading.refuse(Keys.POLICY_CUSTOM_LOGON_SUFFIXES, "write every suffix once, and not the default one again");
            return LogonSuffixes.NONE;
        }
        return new LogonSuffixes(standard, custom);
    }

    private void refuse(PasskeyPolicy.Conflict conflict) {
        switch (conflict) {
            case NO_WAY_IN ->
                reading.refuse(
                        Keys.POLICY_PASSWORD,
                        "passkey.policy.allowed is false, so nobody with a passkey could log on: write allowed");
            case SECOND_FACTOR_WITHOUT_PASSKEYS ->
                reading.refuse(
                        Keys.POLICY_SECOND_FACTOR,
                        "passkey.policy.allowed is false, and the second factor is a passkey: write off");
            case PASSWORD_AFTER_PASSKEY, NO_MODELS -> throw new IllegalStateException("no key sets this: " + conflict);
        }
    }
}
