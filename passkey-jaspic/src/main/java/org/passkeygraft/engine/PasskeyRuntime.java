package org.passkeygraft.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;
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
    private final SealedTexts sealedTexts;
    private final KnownDevices devices;
    private final Advice advice;
    private final String description;
    private final Assembly assembly;

    private PasskeyRuntime(PasskeyConfiguration configuration, Parts parts, Assembly assembly) {
        this.configuration = configuration;
        this.clock = parts.clock();
        this.random = parts.random();
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
        this.targets = new ReturnTargets(parts.ceremonies(), parts.clock());
        this.sealedTexts = new SealedTexts(parts.ceremonies(), parts.clock());
        this.devices = parts.devices();
        this.advice = new Advice(
                configuration.relyingParty().id(), configuration.http().origins());
        this.description = describe(configuration, parts);
        this.assembly = assembly;
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
        Assembly assembly = new Assembly(configuration, contextPath, application, clock);
        try {
            PasskeyRuntime runtime = new PasskeyRuntime(configuration, assembly.parts(), assembly);
            OpenRuntimes.add(contextPath, application, runtime);
            assembly.opened(() -> OpenRuntimes.remove(runtime));
            return runtime;
        } catch (RuntimeException | Error failed) {
            assembly.close();
            throw failed;
        }
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

    /** What pages keep for the address that they redirect to. */
    public SealedTexts sealedTexts() {
        return sealedTexts;
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

    /**
     * Returns the address of a request's client in its one form, as far as trusted proxies tell it.
     *
     * @param peer the address of the connection, as the server writes it
     * @param forwardedFor all lines of X-Forwarded-For
     */
    public String clientAddress(String peer, List<String> forwardedFor) {
        return proxies.client(peer, forwardedFor, advice);
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
        assembly.close();
    }
}
