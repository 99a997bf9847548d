package org.passkeygraft.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.PasskeyPolicy;

/** Everything of one web application that is kept in a database. */
public final class PasskeyStore implements AutoCloseable {
    private static final int SESSION_NAME_BYTES = 8;

    private final OpenedDataSource database;
    private final PersistenceUnit unit;
    private final PolicyStore policy;
    private final SealingKeyStore sealingKeys;
    private final CredentialStore credentials;
    private final UserStore users;
    private final RememberedStore remembered;
    private final GrantStore grants;
    private final FailureStore failures;
    private final ContactStore contacts;
    private final OneTimeCodeStore oneTimeCodes;
    private final RecoveryCodeStore recoveryCodes;
    private final AuditStore audit;
    private final PolicySurvey survey;
    private final ResetStore resets;

    private PasskeyStore(
            OpenedDataSource database,
            PersistenceUnit unit,
            PasskeyPolicy defaults,
            InstantSource clock,
            SecureRandom random) {
        this.database = database;
        this.unit = unit;
        this.policy = new PolicyStore(unit, clock);
        policy.establish(defaults);
        this.sealingKeys = SealingKeyStore.open(unit, clock, random);
        this.credentials = new CredentialStore(unit, policy, clock);
        this.users = new UserStore(unit, policy, clock, random);
        this.remembered = new RememberedStore(unit, clock);
        this.grants = new GrantStore(unit, clock, random);
        this.failures = new FailureStore(unit, clock);
        this.contacts = new ContactStore(unit, clock);
        this.oneTimeCodes = new OneTimeCodeStore(unit, clock);
        this.recoveryCodes = new RecoveryCodeStore(unit, clock);
        this.audit = new AuditStore(unit, clock, random);
        this.survey = new PolicySurvey(unit, clock);
        this.resets = new ResetStore(unit, credentials, grants);
    }

    /**
     * Opens the database and brings its tables up to date, or only looks at them where {@code migrate} is off.
     *
     * @param name tells the applications of one JVM apart: the context path
     * @param defaults the policy if this is the first start of all
     * @throws ConfigurationException if the database takes different keys for equal (T-121), or is an H2 in a mode
     *     that does not serve; nothing stays open
     * @throws UnavailableException if the database cannot be reached or its tables are missing; nothing stays open
     */
    public static PasskeyStore open(
            PasskeyConfiguration.Store configuration,
            String name,
            PasskeyPolicy defaults,
            InstantSource clock,
            SecureRandom random) {
        OpenedDataSource database = DataSources.open(configuration.database(), name);
        return orClose(database.close(), () -> {
            Dialect dialect = Dialect.of(database.dataSource());
            if (dialect == Dialect.H2) {
                H2Mode.require(database.dataSource(), configuration.database(), database.description());
            }
            Migration migration = new Migration(database.dataSource(), dialect);
            if (configuration.migrate()) {
                migration.run();
            } else {
                migration.check();
            }
            new KeyComparison(database.dataSource()).require(configuration.database(), database.description());
            PersistenceUnit unit = PersistenceUnit.open(database.dataSource(), dialect, sessionName(name, random));
            return orClose(unit::close, () -> new PasskeyStore(database, unit, defaults, clock, random));
        });
    }

    private static <T> T orClose(Runnable close, Supplier<T> next) {
        boolean done = false;
        try {
            T result = next.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                close.run();
            }
        }
    }

    private static String sessionName(String name, SecureRandom random) {
        byte[] suffix = new byte[SESSION_NAME_BYTES];
        random.nextBytes(suffix);
        return "passkey " + name + " " + HexFormat.of().formatHex(suffix);
    }

    public CredentialStore credentials() {
        return credentials;
    }

    public UserStore users() {
        return users;
    }

    public RememberedStore remembered() {
        return remembered;
    }

    public GrantStore grants() {
        return grants;
    }

    public FailureStore failures() {
        return failures;
    }

    public ContactStore contacts() {
        return contacts;
    }

    public OneTimeCodeStore oneTimeCodes() {
        return oneTimeCodes;
    }

    public RecoveryCodeStore recoveryCodes() {
        return recoveryCodes;
    }

    public AuditStore audit() {
        return audit;
    }

    public ResetStore resets() {
        return resets;
    }

    public PolicyStore policy() {
        return policy;
    }

    public PolicySurvey survey() {
        return survey;
    }

    public SealingKeyStore sealingKeys() {
        return sealingKeys;
    }

    /** The same database, for what is not asked through this store. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** For the start-up line, without a password. */
    public String description() {
        return database.description();
    }

    /** Gives back every connection and thread. Whatever is asked afterwards is unavailable. */
    @Override
    public void close() {
        sealingKeys.close();
        unit.close();
        database.close().run();
    }
}
