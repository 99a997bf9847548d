package org.passkeygraft.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of the application that the configuration names, such as its logon page. A query is part of what it is: one servlet
 * may answer for many pages.
 *
 * @param path below the context
 * @param query as configured, empty for none
 */
public record PageAddress(String path, String query) {
    private static final String OURS = "(to=[A-Za-z0-9._~%+-]*|notice=expired)";
    private static final Pattern ADDED_BY_US = Pattern.compile("(" + OURS + "(&" + OURS + ")*)?");

    public static PageAddress of(String configured) {
        int mark = configured.indexOf('?');
        return mark < 0
                ? new PageAddress(configured, "")
                : new PageAddress(configured.substring(0, mark), configured.substring(mark + 1));
    }

    /**
     * Whether exactly this page is asked for, with nothing in its query but what is configured and what we add on the way to
     * it: any other parameter may make it another page.
     *
     * @param askedPath as of {@link Paths}
     * @param askedQuery as sent, null for none
     */
    public boolean isAskedFor(String askedPath, @Nullable String askedQuery) {
        String asked = askedQuery == null ? "" : askedQuery;
        if (!path.equals(askedPath) || !asked.startsWith(query)) {
            return false;
        }
        String rest = asked.substring(query.length());
        boolean separated = query.isEmpty() || rest.isEmpty() || rest.startsWith("&");
        String added = query.isEmpty() || rest.isEmpty() ? rest : rest.substring(1);
        return separated && ADDED_BY_US.matcher(added).matches();
    }
}
