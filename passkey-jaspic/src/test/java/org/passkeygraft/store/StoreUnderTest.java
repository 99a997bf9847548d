package org.passkeygraft.store;

import java.sql.SQLException;

/** A store of its own on a database that counts what it is asked, for tests of what works with a store. */
public final class StoreUnderTest implements AutoCloseable {
    private final TestClock clock = new TestClock();
    private final StatementCounter counter;
    private final PasskeyStore store;

    public StoreUnderTest(TestDatabase kind) {
        counter = StatementCounter.of(kind.fresh());
        store = Fixture.open(counter.database(), clock);
        counter.reset();
    }

    public TestClock clock() {
        return clock;
    }

    public StatementCounter counter() {
        return counter;
    }

    public PasskeyStore store() {
        return store;
    }

    /** Takes a table away, or gives it back. */
    public void rename(String table, String name) {
        try {
            Rows.of(store).execute("alter table " + table + " rename to " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
