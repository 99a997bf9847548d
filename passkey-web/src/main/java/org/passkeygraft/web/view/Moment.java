package org.passkeygraft.web.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A time as pages print it. */
public record Moment(Instant at) {
    /** {@link #iso()} of what a list shows as last used; empty if it never was. */
    static String isoOfUse(@Nullable Instant lastUsed) {
        return lastUsed == null ? "" : new Moment(lastUsed).iso();
    }

    /** {@link #text} of the same, or that it never was. */
    static String textOfUse(@Nullable Instant lastUsed, Texts texts) {
        return lastUsed == null ? texts.get("list.never") : new Moment(lastUsed).text(texts);
    }

    /** For {@code <time datetime>}; the script shows it in the zone of the reader. */
    public String iso() {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Without a script nobody knows the reader's zone, so this names the one it uses. */
    public String text(Texts texts) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(texts.locale())
                        .format(at.atZone(ZoneOffset.UTC))
                + " UTC";
    }
}
