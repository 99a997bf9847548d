package org.passkeygraft.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.Rejection;
import org.passkeygraft.web.view.AuditSearch;

/** What an administrator looks for in the audit trail, as it came; whatever cannot be meant is refused. */
final class AuditSearches {
    private static final int LONGEST = 255;
    static final List<String> REASONS =
            Arrays.stream(Rejection.values()).map(Enum::name).sorted().toList();

    private AuditSearches() {}

    static AuditSearch of(WebExchange exchange) throws RefusedException {
        AuditSearch search = new AuditSearch(
                exchange.field("account").strip(),
                exchange.field("event"),
                exchange.field("reason"),
                exchange.field("from"),
                exchange.field("until"));
        boolean possible = search.account().length() <= LONGEST
                && search.account().indexOf('\0') < 0
                && isOneOf(exchange.runtime().auditTrail().events(), search.event())
                && isOneOf(REASONS, search.reason());
        if (!possible) {
            throw new RefusedException(Problem.INVALID_REQUEST);
        }
        return search;
    }

    private static boolean isOneOf(List<String> known, String word) {
        return word.isEmpty() || known.contains(word);
    }

    /** Days are UTC; the last one counts to its end. */
    static AuditFilter filter(AuditSearch search) throws RefusedException {
        Instant from = search.from().isEmpty() ? AuditFilter.ALL.from() : start(search.from(), 0);
        Instant until = search.until().isEmpty() ? AuditFilter.ALL.until() : start(search.until(), 1);
        return new AuditFilter(search.account(), search.event(), search.reason(), from, until);
    }

    private static Instant start(String day, int later) throws RefusedException {
        try {
            return LocalDate.parse(day)
                    .plusDays(later)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException noDay) {
            throw new RefusedException(Problem.INVALID_REQUEST);
        }
    }

    /** The same search as the part of an address after the question mark, with more of it. */
    static String query(AuditSearch search, String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("account", search.account());
        fields.put("event", search.event());
        fields.put("reason", search.reason());
        fields.put("from", search.from());
        fields.put("until", search.until());
        fields.put(name, value);
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> field.getKey() + '=' + Encoded.query(field.getValue()))
                .collect(Collectors.joining("&"));
    }
}
