package org.passkeygraft.store;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Every time in the database is UTC, whatever zone the JVM or the database runs in. Cut to microseconds: a value read
 * again equals the value written. Public only for the persistence provider.
 */
@Converter(autoApply = true)
public final class InstantConverter implements AttributeConverter<Instant, ZonedDateTime> {
    @Override
    public @Nullable ZonedDateTime convertToDatabaseColumn(@Nullable Instant time) {
        return time == null ? null : LocalTimes.utc(time);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable ZonedDateTime column) {
        return column == null ? null : column.toInstant();
    }
}
