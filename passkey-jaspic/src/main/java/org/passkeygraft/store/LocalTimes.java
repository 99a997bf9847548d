package org.passkeygraft.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries UTC times to and from the driver as they are. EclipseLink makes a {@code java.sql.Timestamp} of every type of
 * time that it knows, which lives in the JVM's own zone: an hour of every spring does not exist there, and comes back as
 * the next one. {@link ZonedDateTime} is the type that it does not know.
 */
final class LocalTimes {
    private LocalTimes() {}

    /** Cut to microseconds, which is what both databases keep. */
    static ZonedDateTime utc(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }

    static boolean isTime(@Nullable Class<?> type) {
        return type == ZonedDateTime.class || type == Instant.class;
    }

    static boolean isTime(int jdbcType) {
        return jdbcType == Types.TIMESTAMP;
    }

    /** Takes part in setting a parameter; false if it is not a time. */
    static boolean write(@Nullable Object parameter, PreparedStatement statement, int index) throws SQLException {
        if (parameter instanceof ZonedDateTime time) {
            statement.setObject(index, time.toLocalDateTime());
            return true;
        }
        // EclipseLink calls the converter where a parameter is compared, not where an update sets it.
        return parameter instanceof Instant time && write(utc(time), statement, index);
    }

    static @Nullable ZonedDateTime read(ResultSet result, int column) throws SQLException {
        LocalDateTime time = result.getObject(column, LocalDateTime.class);
        return time == null ? null : time.atZone(ZoneOffset.UTC);
    }
}
