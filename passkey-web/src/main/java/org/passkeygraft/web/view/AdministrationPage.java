package org.passkeygraft.web.view;

import java.util.List;

/** A page for administrators. Its JSP begins with {@code admin-top.jspf}, which shows the tabs and the heading. */
public interface AdministrationPage extends Page {
    /** The name of the administrator who is logged on. */
    String account();

    /** Where among the tabs this page belongs. */
    AdministrationTab tab();

    default List<AdministrationTab> tabs() {
        return List.of(AdministrationTab.values());
    }

    @Override
    default String address() {
        return tab().address(site());
    }

    @Override
    default String heading() {
        return tab().text(site());
    }
}
