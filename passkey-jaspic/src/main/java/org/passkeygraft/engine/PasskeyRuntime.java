package org.passkeygraft.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import org.passkeygraft.accounts.ConfiguredAccounts;
import org.passkeygraft.ceremony.AuthenticationCeremony;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.ceremony.RegistrationCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.messages.Senders;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.AuditSink;
import org.passkeygraft.spi.PasskeyExtension;
import org.passkeygraft.store.DataSources;
import org.passkeygraft.store.OpenedDataSource;
import org.passkeygraft.store.PasskeyStore;
import org.passkeygraft.store.PolicyStore;

/**
 * Everything one web application needs to log callers on, put together once at its start and closed at its end. Thread-safe.
 */
public final class PasskeyRuntime implements AutoCloseable {
    private static final int LOGON_ID_BYTES = 16;

    private final PasskeyConfiguration configuration;
    private final InstantSource clock;
    private final SecureRandom random;
    private final TrustedProxies proxies;
    private final AuthenticationEngine authentication;
    private final SecondFactor secondFactor;
    private final Confirmation confirmation;
    private final LogonTickets tickets;
    private final ContainerLogons containerLogons;
    private final PasskeyManagement passkeys;
    private final BackupManagement backup;
    private final BackupCodes backupCodes;
    private final SilentUpgrades upgrades;
    private final Administrators administrators;
    private final StepUps stepUps;
    private final PolicyStore policy;
    private final PolicyAdministration policyAdministration;
    private final Sessions sessions;
    private final UserAdministration users;
    private final ResetPasses resetPasses;
    private final ResetBinding resetBinding;
    private final AuditTrail auditTrail;
    private final Metrics metrics;
    private final ReturnTargets targets;
    private final KnownDevices devices;
    private final Advice advice;
    private final String description;
    private final Deque<AutoCloseable> opened;

    private PasskeyRuntime(
            PasskeyConfiguration configuration,
            InstantSource clock,
            SecureRandom random,
            Parts parts,
            Deque<AutoCloseable> opened) {
        this.configuration = configuration;
        this.clock = clock;
        this.random = random;
        this.proxies = TrustedProxies.of(configuration.http().trustedProxies());
        this.tickets = new LogonTickets(parts, configuration.http().applicationId());
        this.containerLogons = new ContainerLogons(parts, tickets);
        this.authentication = new AuthenticationEngine(configuration, parts, tickets);
        this.backupCodes = new BackupCodes(parts);
        this.secondFactor = new SecondFactor(configuration, parts, backupCodes);
        this.confirmation = new Confirmation(configuration, parts, backupCodes);
        this.passkeys = new PasskeyManagement(configuration, parts);
        this.backup = new BackupManagement(parts);
        this.upgrades = new SilentUpgrades(parts);
        this.administrators = new Administrators(configuration, parts);
        this.stepUps = new StepUps(parts);
        this.policy = parts.store().policy();
        this.policyAdministration = new PolicyAdministration(parts, administrators);
        this.sessions = new Sessions(parts);
        this.users = new UserAdministration(parts, administrators);
        this.resetPasses = new ResetPasses(parts, administrators);
        this.resetBinding = new ResetBinding(configuration, parts);
        this.auditTrail = new AuditTrail(parts, configuration.monitoring().auditTable());
        this.metrics = parts.metrics();
        this.targets = new ReturnTargets(parts.ceremonies(), clock);
        this.devices = parts.devices();
        this.advice = new Advice(
                configuration.relyingParty().id(), configuration.http().origins());
        this.description = describe(configuration, parts);
        this.opened = opened;
    }

    /**
     * Opens the store, the accounts and the ceremonies of one application. Proves before it returns that the platform
     * verifies signatures (CVE-2022-21449).
     *
     * @param contextPath of the application, empty for the root
     * @param application the application's class loader, where extensions are looked for
     * @throws RuntimeException if anything is missing or broken; everything opened before is closed then
     */
    public static PasskeyRuntime open(PasskeyConfiguration configuration, String contextPath, ClassLoader application) {
        return open(configuration, contextPath, application, InstantSource.system());
    }

    /** The same with a clock of the caller's, for tests that cannot wait. */
    public static PasskeyRuntime open(
            PasskeyConfiguration configuration, String contextPath, ClassLoader application, InstantSource clock) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            SecureRandom random = new SecureRandom();
            Parts parts = assemble(configuration, contextPath, application, clock, random, opened);
            PasskeyRuntime runtime = new PasskeyRuntime(configuration, clock, random, parts, opened);
            OpenRuntimes.add(contextPath, application, runtime);
            opened.push(() -> OpenRuntimes.remove(runtime));
            return runtime;
        } catch (RuntimeException | Error failed) {
            close(opened);
            throw failed;
        }
    }

    private static Parts assemble(
            PasskeyConfiguration configuration,
            String contextPath,
            ClassLoader application,
            InstantSource clock,
            SecureRandom random,
            Deque<AutoCloseable> opened) {
        List<PasskeyExtension> extensions = new ArrayList<>();
        ServiceLoader.load(PasskeyExtension.class, application).forEach(extensions::add);
        PasskeyStore store =
                PasskeyStore.open(configuration.store(), contextPath, configuration.policy(), clock, random);
        opened.push(store);
        ConfiguredAccounts accounts =
                accounts(configuration.accounts(), contextPath, application, extensions, store, clock);
        opened.push(accounts);
        Ceremonies ceremonies = new Ceremonies(
                store.sealingKeys()::keys,
                configuration.http().applicationId(),
                configuration.relyingParty().id(),
                clock,
                random);
        AuthenticationCeremony.selfTest();
        KnownDevices devices = new KnownDevices(ceremonies, random, clock);
        Metrics metrics = new Metrics();
        opened.push(ManagementBean.register(metrics, contextPath));
        Audit audit = audit(configuration, extensions, store, clock, metrics, opened);
        Senders senders = Senders.of(
                extensions.stream()
                        .flatMap(extension -> extension.oneTimeCodeSenders().stream())
                        .toList(),
                configuration.messaging());
        NoticeTexts texts = new NoticeTexts(configuration.relyingParty().name());
        Notices notices = new Notices(store.contacts(), senders, texts, audit, clock);
        opened.push(notices);
        return new Parts(
                clock,
                random,
                store,
                accounts,
                ceremonies,
                new AuthenticationCeremony(configuration.relyingParty()),
                new RegistrationCeremony(
                        configuration.relyingParty(), configuration.ceremony().trustRoots(), clock),
                new Throttle(configuration.throttle(), clock),
                new GuessThrottle(configuration.throttle(), store.failures(), devices, clock),
                devices,
                audit,
                metrics,
                new ProofRule(clock, configuration.session().confirmationMaximumAge()),
                notices);
    }

    private static Audit audit(
            PasskeyConfiguration configuration,
            List<PasskeyExtension> extensions,
            PasskeyStore store,
            InstantSource clock,
            Metrics metrics,
            Deque<AutoCloseable> opened) {
        List<AuditSink> sinks = new ArrayList<>();
        sinks.add(new AuditLog());
        sinks.add(metrics);
        if (configuration.http().trustedProxies().isEmpty()) {
            SharedAddress shared = new SharedAddress();
            shared.look(store.audit());
            sinks.add(shared);
        }
        PasskeyConfiguration.Monitoring monitoring = configuration.monitoring();
        if (monitoring.auditTable()) {
            AuditTable table = new AuditTable(store.audit(), clock, monitoring.auditRetention(), metrics::dropped);
            opened.push(table);
            sinks.add(table);
        }
        extensions.forEach(extension -> sinks.addAll(extension.auditSinks()));
        return new Audit(clock, sinks);
    }

    private static ConfiguredAccounts accounts(
            PasskeyConfiguration.Accounts configured,
            String contextPath,
            ClassLoader application,
            List<PasskeyExtension> extensions,
            PasskeyStore store,
            InstantSource clock) {
        if (configured instanceof PasskeyConfiguration.Accounts.Sql sql) {
            OpenedDataSource database = DataSources.open(sql.database(), contextPath);
            return ConfiguredAccounts.of(sql, database.dataSource(), database.description(), database.close());
        } else if (configured instanceof PasskeyConfiguration.Accounts.File file) {
            return ConfiguredAccounts.of(file, clock);
        } else if (configured instanceof PasskeyConfiguration.Accounts.Ldap ldap) {
            return ConfiguredAccounts.of(ldap);
        } else if (configured instanceof PasskeyConfiguration.Accounts.Jaas jaas) {
            return ConfiguredAccounts.of(jaas, application, store.remembered(), clock);
        } else if (configured instanceof PasskeyConfiguration.Accounts.Container container) {
            return ConfiguredAccounts.of(container, store.remembered(), clock);
        }
        return brought(extensions);
    }

    private static ConfiguredAccounts brought(List<PasskeyExtension> extensions) {
        List<PasskeyExtension.Accounts> brought = extensions.stream()
                .flatMap(extension -> extension.accounts().stream())
                .toList();
        if (brought.size() != 1) {
            throw new IllegalStateException("passkey.accounts.kind is extension, but " + brought.size()
                    + " extensions bring accounts: one must");
        }
        return ConfiguredAccounts.of(brought.get(0));
    }

    public PasskeyConfiguration configuration() {
        return configuration;
    }

    public InstantSource clock() {
        return clock;
    }

    public AuthenticationEngine authentication() {
        return authentication;
    }

    /** How half a logon becomes a whole one. */
    public SecondFactor secondFactor() {
        return secondFactor;
    }

    /** How a caller proves anew who they are. */
    public Confirmation confirmation() {
        return confirmation;
    }

    /** How a logon by passkey gets through a container's own login form. */
    public LogonTickets tickets() {
        return tickets;
    }

    /** What logons are worth that a container makes by itself. */
    public ContainerLogons containerLogons() {
        return containerLogons;
    }

    public PasskeyManagement passkeys() {
        return passkeys;
    }

    /** What callers do for the day on which a device is lost. */
    public BackupManagement backup() {
        return backup;
    }

    /** What stands in for a lost device. */
    public BackupCodes backupCodes() {
        return backupCodes;
    }

    /** First passkeys that browsers make by themselves. */
    public SilentUpgrades upgrades() {
        return upgrades;
    }

    /** Who may administer. */
    public Administrators administrators() {
        return administrators;
    }

    /** What administrators can change, as it was at most 5 seconds ago. */
    public PasskeyPolicy policy() {
        return policy.current();
    }

    /** How administrators change it. */
    public PolicyAdministration policyAdministration() {
        return policyAdministration;
    }

    /** What places that ask for more want proved. */
    public StepUps stepUps() {
        return stepUps;
    }

    /** How a user logs off everywhere. */
    public Sessions sessions() {
        return sessions;
    }

    /** What administrators do about other users' passkeys. */
    public UserAdministration users() {
        return users;
    }

    /** How administrators let a user bind anew. */
    public ResetPasses resetPasses() {
        return resetPasses;
    }

    /** How that user does. */
    public ResetBinding resetBinding() {
        return resetBinding;
    }

    /** What happened, for administrators. */
    public AuditTrail auditTrail() {
        return auditTrail;
    }

    /** What is counted. */
    public Metrics metrics() {
        return metrics;
    }

    public ReturnTargets targets() {
        return targets;
    }

    /** How browsers are known again. */
    public KnownDevices devices() {
        return devices;
    }

    /** Where the administrator is told what only requests show. */
    public Advice advice() {
        return advice;
    }

    /** A name for a new logon, 22 characters that nobody can guess. */
    public String newLogonId() {
        byte[] id = new byte[LOGON_ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /** Whether what this peer says of others' addresses is believed. */
    public boolean trustsProxy(String address) {
        return proxies.contains(address);
    }

    /** Whether this is an IP address and nothing else. */
    public boolean isAddress(String text) {
        return IpAddress.octets(text).isPresent();
    }

    /** One line for the log of the start: relying party, origins, store, accounts. */
    public String description() {
        return description;
    }

    private static String describe(PasskeyConfiguration configuration, Parts parts) {
        return "RP ID " + configuration.relyingParty().id() + ", origins "
                + configuration.relyingParty().origins() + ", store "
                + parts.store().description() + ", accounts " + parts.accounts().description();
    }

    /** Closes what was opened, last first. The application must not serve requests any more. */
    @Override
    public void close() {
        close(opened);
    }

    private static void close(Deque<AutoCloseable> opened) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception broken) {
                System.getLogger(PasskeyRuntime.class.getName())
                        .log(System.Logger.Level.WARNING, "could not be closed", broken);
            }
        }
    }
}
