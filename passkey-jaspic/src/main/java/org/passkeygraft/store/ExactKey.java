package org.passkeygraft.store;

import java.sql.SQLDataException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.passkeygraft.UnavailableException;

/**
 * Compares keys once more in Java: a database may take {@code root} and {@code ROOT} for one text, and these are two
 * accounts (T-121). The start refuses such a database, but somebody may change a column afterwards.
 */
final class ExactKey {
    private ExactKey() {}

    /**
     * Returns the row that has exactly this key.
     *
     * @param found what the database takes for rows with this key
     * @throws UnavailableException if the database found only rows of other keys; then nothing may be done for this key,
     *     since a change would meet the row of somebody else
     */
    static <T> Optional<T> only(Stream<T> found, Function<? super T, String> key, String asked) {
        List<T> rows = found.toList();
        Optional<T> exact =
                rows.stream().filter(row -> key.apply(row).equals(asked)).findFirst();
        if (exact.isEmpty() && !rows.isEmpty()) {
            throw new UnavailableException(
                    "the database takes the key of another account for the one that was asked for: a column was changed"
                            + " so that it compares text loosely; change it back (docs/database.md)",
                    new SQLDataException("loose comparison of keys"));
        }
        return exact;
    }
}
