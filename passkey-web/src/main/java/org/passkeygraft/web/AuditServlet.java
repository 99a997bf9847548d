package org.passkeygraft.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.passkeygraft.AuditFilter;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.Adoption;
import org.passkeygraft.engine.AuditTrail;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.web.view.AdoptionPage;
import org.passkeygraft.web.view.AdoptionPage.Bar;
import org.passkeygraft.web.view.AuditLine;
import org.passkeygraft.web.view.AuditPage;
import org.passkeygraft.web.view.AuditSearch;

/** What happened, for administrators, whom every handler asks for itself (T-52). */
public final class AuditServlet extends PasskeyServlet {
    private static final long serialVersionUID = 1;
    private static final int SHOWN_AT_ONCE = 50;
    private static final int READ_AT_ONCE = 500;
    private static final int MOST_EXPORTED = 100_000;
    /** How much of an ISO time is the day. */
    private static final int DAY = 10;

    public AuditServlet() {
        super(new Routes()
                .get("/passkey/admin/audit", AuditServlet::page)
                .get("/passkey/admin/audit/export", AuditServlet::export)
                .get("/passkey/admin/adoption", AuditServlet::adoption));
    }

    private static void page(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        AuditTrail trail = exchange.runtime().auditTrail();
        AuditSearch search = AuditSearches.of(exchange);
        List<AuditRecord> events =
                trail.newest(AuditSearches.filter(search), before(exchange, trail), SHOWN_AT_ONCE + 1);
        boolean more = events.size() > SHOWN_AT_ONCE;
        List<AuditRecord> shown = more ? events.subList(0, SHOWN_AT_ONCE) : events;
        exchange.page(
                200,
                new AuditPage(
                        exchange.site(),
                        administrator.account().name(),
                        search,
                        trail.events(),
                        AuditSearches.REASONS,
                        trail.isKept(),
                        shown.stream().map(AuditLine::new).toList(),
                        more ? older(exchange, search, shown) : "",
                        exchange.own("/admin/audit/export?") + AuditSearches.query(search, "format", "")));
    }

    private static String older(WebExchange exchange, AuditSearch search, List<AuditRecord> shown) {
        String last = shown.get(shown.size() - 1).id();
        return exchange.own("/admin/audit?") + AuditSearches.query(search, "before", last);
    }

    private static String before(WebExchange exchange, AuditTrail trail) throws RefusedException {
        String before = exchange.field("before");
        if (!before.isEmpty() && !trail.isId(before)) {
            throw new RefusedException(Problem.INVALID_REQUEST);
        }
        return before;
    }

    private static void export(WebExchange exchange) throws IOException, RefusedException {
        exchange.requireAdministrator();
        AuditExport format = format(exchange.field("format"));
        AuditFilter filter = AuditSearches.filter(AuditSearches.of(exchange));
        List<AuditRecord> first = exchange.runtime().auditTrail().newest(filter, "", READ_AT_ONCE);
        exchange.response().setContentType(format.type());
        // A writer is ISO-8859-1 unless somebody says otherwise (Servlet 6.0, section 5.6).
        exchange.response().setCharacterEncoding("UTF-8");
        exchange.response()
                .setHeader(
                        "Content-Disposition",
                        "attachment; filename=\"audit." + format.name().toLowerCase(Locale.ROOT) + '"');
        try (Writer out = exchange.response().getWriter()) {
            write(exchange.runtime().auditTrail(), filter, first, format, out);
        } catch (UnavailableException halfWay) {
            // Not an answer that ends as if it were whole.
            throw new IOException("the export broke off", halfWay);
        }
    }

    private static AuditExport format(String name) throws RefusedException {
        return switch (name) {
            case "csv" -> AuditExport.CSV;
            case "json" -> AuditExport.JSON;
            default -> throw new RefusedException(Problem.INVALID_REQUEST);
        };
    }

    /** Portion by portion, so that neither memory nor a transaction grows with what is exported. */
    private static void write(
            AuditTrail trail, AuditFilter filter, List<AuditRecord> first, AuditExport format, Writer out)
            throws IOException {
        format.begin(out);
        int written = 0;
        List<AuditRecord> portion = first;
        while (!portion.isEmpty() && written < MOST_EXPORTED) {
            for (AuditRecord event : portion) {
                format.write(event, written == 0, out);
                written++;
            }
            portion = trail.newest(filter, portion.get(portion.size() - 1).id(), READ_AT_ONCE);
        }
        format.end(out);
    }

    private static void adoption(WebExchange exchange) throws IOException, ServletException, RefusedException {
        CallerSession administrator = exchange.requireAdministrator();
        AuditTrail trail = exchange.runtime().auditTrail();
        Adoption adoption = trail.adoption();
        exchange.page(
                200,
                new AdoptionPage(
                        exchange.site(),
                        administrator.account().name(),
                        trail.isKept(),
                        adoption.users(),
                        adoption.holders(),
                        adoption.passkeys(),
                        bars(adoption.logons()),
                        bars(adoption.refusals()),
                        weeks(adoption.bindings())));
    }

    /** The most frequent first. */
    private static List<Bar> bars(Map<String, Long> counts) {
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .map(count -> new Bar(count.getKey(), count.getValue(), most))
                .toList();
    }

    private static List<Bar> weeks(List<Adoption.Week> weeks) {
        long most =
                Math.max(1, weeks.stream().mapToLong(Adoption.Week::bound).max().orElse(1));
        return weeks.stream()
                .map(week -> new Bar(week.from().toString().substring(0, DAY), week.bound(), most))
                .toList();
    }
}
