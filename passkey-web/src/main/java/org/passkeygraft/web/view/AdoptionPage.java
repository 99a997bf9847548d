package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far passkeys have come.
 *
 * @param kept false where events are not kept, so that nothing can be counted by them
 */
public record AdoptionPage(
        Site site,
        String account,
        boolean kept,
        long users,
        long holders,
        long passkeys,
        List<Bar> logons,
        List<Bar> refusals,
        List<Bar> bindings)
        implements AdministrationPage {
    public AdoptionPage {
        logons = List.copyOf(logons);
        refusals = List.copyOf(refusals);
        bindings = List.copyOf(bindings);
    }

    /**
     * One row of a table that is drawn as well.
     *
     * @param most the largest count of the table
     */
    public record Bar(String name, long count, long most) {}

    /** The tables in their order. */
    public List<Table> tables() {
        return List.of(new Table("logons", logons), new Table("refusals", refusals), new Table("bindings", bindings));
    }

    /**
     * Counts of one kind.
     *
     * @param name its words begin with {@code adoption.} and this
     */
    public record Table(String name, List<Bar> rows) {
        public Table {
            rows = List.copyOf(rows);
        }

        public String heading(Site site) {
            return site.text("adoption." + name);
        }

        /** What the rows are named by. */
        public String column(Site site) {
            return site.text("adoption." + name + ".name");
        }
    }

    @Override
    public AdministrationTab tab() {
        return AdministrationTab.ADOPTION;
    }

    @Override
    public @Nullable Alert alert() {
        return null;
    }

    @Override
    public String view() {
        return "adoption.jsp";
    }
}
