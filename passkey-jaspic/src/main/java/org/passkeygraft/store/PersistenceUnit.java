package org.passkeygraft.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.eclipse.persistence.config.PersistenceUnitProperties;
import org.eclipse.persistence.exceptions.EclipseLinkException;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.passkeygraft.UnavailableException;

/**
 * Runs work on the database, and turns what the provider throws into the two things that matter: a key was taken, or the
 * database cannot answer now (T-98).
 */
final class PersistenceUnit implements AutoCloseable {
    private static final String NAME = "passkey";
    private static final String DESCRIPTOR = "META-INF/passkey-persistence.xml";
    private static final String DUPLICATE_KEY = "23505";
    private static final String ROLLBACK_CLASS = "40";
    /** A lock that did not come in time, on PostgreSQL and on H2. */
    private static final Set<String> LOCK_TIMEOUTS = Set.of("55P03", "HYT00");

    private static final int MAX_ATTEMPTS = 3;

    private static final System.Logger LOG = System.getLogger(PersistenceUnit.class.getName());

    private final EntityManagerFactory factory;

    private PersistenceUnit(EntityManagerFactory factory) {
        this.factory = factory;
    }

    /**
     * Makes the unit without asking the container, which would deploy it.
     *
     * @param sessionName unique in the JVM: the provider may be the server's, and shared by several applications
     */
    static PersistenceUnit open(DataSource dataSource, Dialect dialect, String sessionName) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(PersistenceUnitProperties.ECLIPSELINK_PERSISTENCE_XML, DESCRIPTOR);
        properties.put(PersistenceUnitProperties.CLASSLOADER, PersistenceUnit.class.getClassLoader());
        properties.put(PersistenceUnitProperties.SESSION_NAME, sessionName);
        properties.put(PersistenceUnitProperties.NON_JTA_DATASOURCE, dataSource);
        properties.put(PersistenceUnitProperties.TARGET_DATABASE, dialect.platform());
        properties.put(PersistenceUnitProperties.TARGET_SERVER, "None");
        properties.put(PersistenceUnitProperties.WEAVING, "false");
        properties.put(PersistenceUnitProperties.CACHE_SHARED_DEFAULT, "false");
        properties.put(PersistenceUnitProperties.PERSISTENCE_CONTEXT_FLUSH_MODE, "COMMIT");
        properties.put(PersistenceUnitProperties.LOGGING_LEVEL, "OFF");
        try {
            return new PersistenceUnit(deployed(properties));
        } catch (PersistenceException | EclipseLinkException failure) {
            throw unavailable(failure);
        }
    }

    private static EntityManagerFactory deployed(Map<String, Object> properties) {
        EntityManagerFactory factory = new PersistenceProvider().createEntityManagerFactory(NAME, properties);
        if (factory == null) {
            throw new IllegalStateException(DESCRIPTOR + " is not on the class path");
        }
        DatabaseLogin login = factory.unwrap(ServerSession.class).getLogin();
        // Else a dead database is asked three times more, five seconds apart, with the browser waiting.
        login.setQueryRetryAttemptCount(0);
        login.setConnectionHealthValidatedOnError(false);
        return factory;
    }

    /** Runs queries, each for itself, outside any transaction. */
    <T> T read(Function<EntityManager, T> queries) {
        EntityManager entities = entities();
        try {
            return queries.apply(entities);
        } catch (PersistenceException | EclipseLinkException failure) {
            throw unavailable(failure);
        } finally {
            entities.close();
        }
    }

    /** Runs work in one transaction: all of it is done, or nothing (T-97). */
    <T> T write(Function<EntityManager, T> work) {
        try {
            return committed(work);
        } catch (PersistenceException | EclipseLinkException failure) {
            throw unavailable(failure);
        }
    }

    /**
     * Runs work in one transaction that may lose a race.
     *
     * @return empty, and nothing done, if somebody had or has just taken a key that the work wanted
     */
    <T> Optional<T> writeUnlessTaken(Function<EntityManager, T> work) {
        try {
            return Optional.of(committed(work));
        } catch (PersistenceException | EclipseLinkException failure) {
            if (isDuplicateKey(failure)) {
                return Optional.empty();
            }
            throw unavailable(failure);
        }
    }

    /**
     * Runs work in one transaction that may find itself too late.
     *
     * @return false, and nothing done, if the work says so or somebody had or has just taken a key that it wanted
     */
    boolean writeIf(Predicate<EntityManager> work) {
        return writeUnlessTaken(entities -> {
                    boolean done = work.test(entities);
                    if (!done) {
                        entities.getTransaction().setRollbackOnly();
                    }
                    return done;
                })
                .orElse(false);
    }

    /**
     * The same as {@link #writeIf}, and false too if the database broke the work off in favour of others who want the same
     * rows.
     */
    boolean writeUnlessContended(Predicate<EntityManager> work) {
        try {
            return writeIf(work);
        } catch (UnavailableException failure) {
            if (isBrokenOff(failure) || SqlStates.has(failure, LOCK_TIMEOUTS::contains)) {
                return false;
            }
            throw failure;
        }
    }

    /** The same as {@link #write}, some times again if the database breaks it off in favour of others. */
    <T> T writeInSpiteOfOthers(Function<EntityManager, T> work) {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return write(work);
            } catch (UnavailableException failure) {
                if (!isBrokenOff(failure)) {
                    throw failure;
                }
            }
        }
        return write(work);
    }

    private <T> T committed(Function<EntityManager, T> work) {
        EntityManager entities = entities();
        try {
            EntityTransaction transaction = entities.getTransaction();
            transaction.begin();
            T result = work.apply(entities);
            if (!transaction.getRollbackOnly()) {
                transaction.commit();
            }
            return result;
        } finally {
            leave(entities);
        }
    }

    private EntityManager entities() {
        try {
            return factory.createEntityManager();
        } catch (IllegalStateException | PersistenceException | EclipseLinkException closed) {
            throw unavailable(closed);
        }
    }

    /** Rolls back what was not committed. The first failure is the one worth telling, so one in here is dropped. */
    private static void leave(EntityManager entities) {
        try {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
        } catch (PersistenceException | EclipseLinkException connectionLost) {
            LOG.log(System.Logger.Level.DEBUG, "no rollback", connectionLost);
        } finally {
            entities.close();
        }
    }

    /** Duplicate keys show when the statement runs or only at commit, wrapped once or more. */
    private static boolean isDuplicateKey(Throwable failure) {
        return SqlStates.has(failure, DUPLICATE_KEY::equals);
    }

    /** Deadlocks and failed serialization: the database chose one of those who were in each other's way. */
    private static boolean isBrokenOff(Throwable failure) {
        return SqlStates.has(failure, state -> state.startsWith(ROLLBACK_CLASS));
    }

    private static UnavailableException unavailable(RuntimeException failure) {
        String remedy = TransactionPooling.remedy(failure).map(": "::concat).orElse("");
        return new UnavailableException("the database of the store cannot answer now" + remedy, failure);
    }

    @Override
    public void close() {
        if (factory.isOpen()) {
            factory.close();
        }
    }
}
