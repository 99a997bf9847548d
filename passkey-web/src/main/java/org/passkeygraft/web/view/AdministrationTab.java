package org.passkeygraft.web.view;

/** The pages of the administration, in the order in which they stand side by side. */
public enum AdministrationTab {
    SETTINGS("settings", ""),
    USERS("users", "/users"),
    ADOPTION("adoption", "/adoption"),
    AUDIT("audit", "/audit");

    private final String label;
    private final String path;

    AdministrationTab(String label, String path) {
        this.label = label;
        this.path = path;
    }

    public String text(Site site) {
        return site.text("admin.tab." + label);
    }

    /** From the host's root. */
    public String address(Site site) {
        return site.base() + "/admin" + path;
    }
}
