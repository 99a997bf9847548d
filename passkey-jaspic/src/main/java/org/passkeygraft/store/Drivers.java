package org.passkeygraft.store;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JDBC driver of a URL among all that the application and the server bring. {@code DriverManager} does not see a
 * driver that lies in {@code WEB-INF/lib}. Entries of others may be broken: a driver that is not there, a class of a newer
 * Java, a file that cannot be read. They are passed over, and one line of the log names the first of them.
 */
final class Drivers {
    private static final System.Logger LOG = System.getLogger(Drivers.class.getName());
    /** Ends a look-up that fails again at each step, such as in a class loader that was closed. */
    private static final int MAX_BROKEN = 100;

    private final Iterator<Driver> entries;
    private int broken;
    private @Nullable Throwable first;

    private Drivers(ClassLoader loader) {
        this.entries = ServiceLoader.load(Driver.class, loader).iterator();
    }

    /** Returns the first driver that accepts the URL. */
    static Optional<Driver> accepting(String url, ClassLoader loader) {
        Drivers drivers = new Drivers(loader);
        Optional<Driver> found = drivers.next(url);
        if (drivers.first != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "passed over {0} JDBC drivers that cannot be loaded (entries of META-INF/services/java.sql.Driver),"
                            + " the first because of: {1}",
                    drivers.broken,
                    drivers.first);
        }
        return found;
    }

    private Optional<Driver> next(String url) {
        while (broken < MAX_BROKEN) {
            try {
                Driver driver = entries.next();
                if (driver.acceptsURL(url)) {
                    return Optional.of(driver);
                }
            } catch (NoSuchElementException end) {
                return Optional.empty();
            } catch (ServiceConfigurationError | LinkageError | SQLException | RuntimeException unusable) {
                note(unusable);
            }
        }
        return Optional.empty();
    }

    private void note(Throwable unusable) {
        broken++;
        if (first == null) {
            first = unusable;
        }
    }
}
