package org.passkeygraft.store;

import javax.sql.DataSource;

/**
 * A database that is ready to be asked.
 *
 * @param close gives back the pool and its threads; does nothing where the container owns the data source. To be run
 *     once, by whoever opened it
 * @param description for the start-up line, without a password
 */
public record OpenedDataSource(DataSource dataSource, Runnable close, String description) {}
