package org.passkeygraft.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import org.passkeygraft.accounts.ConfiguredAccounts;
import org.passkeygraft.ceremony.AuthenticationCeremony;
import org.passkeygraft.ceremony.Ceremonies;
import org.passkeygraft.ceremony.RegistrationCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.messages.Senders;
import org.passkeygraft.spi.AuditSink;
import org.passkeygraft.spi.PasskeyExtension;
import org.passkeygraft.store.DataSources;
import org.passkeygraft.store.OpenedDataSource;
import org.passkeygraft.store.PasskeyStore;

/**
 * Opens, in the order in which one needs the other, what the engine of one application is made of, and closes it the other
 * way round. For one thread; what it makes is for any number.
 */
final class Assembly implements AutoCloseable {
    private final PasskeyConfiguration configuration;
    private final String contextPath;
    private final ClassLoader application;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final List<PasskeyExtension> extensions = new ArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** @param application the application's class loader, where extensions are looked for */
    Assembly(PasskeyConfiguration configuration, String contextPath, ClassLoader application, InstantSource clock) {
        this.configuration = configuration;
        this.contextPath = contextPath;
        this.application = application;
        this.clock = clock;
    }

    /**
     * Opens everything.
     *
     * @throws RuntimeException if anything is missing or broken; what was opened before waits to be closed
     */
    Parts parts() {
        ServiceLoader.load(PasskeyExtension.class, application).forEach(extensions::add);
        PasskeyStore store =
                opened(PasskeyStore.open(configuration.store(), contextPath, configuration.policy(), clock, random));
        ConfiguredAccounts accounts = opened(accounts(store));
        Ceremonies ceremonies = new Ceremonies(
                store.sealingKeys()::keys,
                configuration.http().applicationId(),
                configuration.relyingParty().id(),
                clock,
                random);
        AuthenticationCeremony.selfTest();
        KnownDevices devices = new KnownDevices(ceremonies, random, clock);
        Metrics metrics = new Metrics();
        opened(ManagementBean.register(metrics, contextPath));
        Audit audit = audit(store, metrics);
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
                opened(notices(store, audit)));
    }

    /** Notes what is to be closed before everything that was opened until now. */
    <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private Audit audit(PasskeyStore store, Metrics metrics) {
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
            sinks.add(opened(new AuditTable(store.audit(), clock, monitoring.auditRetention(), metrics::dropped)));
        }
        extensions.forEach(extension -> sinks.addAll(extension.auditSinks()));
        return new Audit(clock, sinks);
    }

    private Notices notices(PasskeyStore store, Audit audit) {
        Senders senders = Senders.of(
                extensions.stream()
                        .flatMap(extension -> extension.oneTimeCodeSenders().stream())
                        .toList(),
                configuration.messaging());
        NoticeTexts texts = new NoticeTexts(configuration.relyingParty().name());
        return new Notices(store.contacts(), senders, texts, audit, clock);
    }

    private ConfiguredAccounts accounts(PasskeyStore store) {
        PasskeyConfiguration.Accounts configured = configuration.accounts();
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
        return brought();
    }

    private ConfiguredAccounts brought() {
        List<PasskeyExtension.Accounts> brought = extensions.stream()
                .flatMap(extension -> extension.accounts().stream())
                .toList();
        if (brought.size() != 1) {
            throw new IllegalStateException("passkey.accounts.kind is extension, but " + brought.size()
                    + " extensions bring accounts: one must");
        }
        return ConfiguredAccounts.of(brought.get(0));
    }

    @Override
    public void close() {
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
