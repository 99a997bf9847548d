package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail, a page of it.
 *
 * @param events what can be chosen
 * @param reasons the same
 * @param kept false where events go to the log only
 * @param older where the next page is, empty for the last
 * @param export the address of an export of what is shown, without its format
 */
public record AuditPage(
        Site site,
        String account,
        AuditSearch search,
        List<String> events,
        List<String> reasons,
        boolean kept,
        List<AuditLine> lines,
        String older,
        String export)
        implements AdministrationPage {
    public AuditPage {
        events = List.copyOf(events);
        reasons = List.copyOf(reasons);
        lines = List.copyOf(lines);
    }

    @Override
    public AdministrationTab tab() {
        return AdministrationTab.AUDIT;
    }

    @Override
    public @Nullable Alert alert() {
        return null;
    }

    @Override
    public String view() {
        return "audit.jsp";
    }
}
