package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold for everybody.
 *
 * @param security those of the section Security, as they are in force
 * @param dialog Global Security, null while it is closed
 */
public record SettingsPage(
        Site site,
        String account,
        List<Setting> security,
        @Nullable SettingsDialog dialog,
        @Nullable Notice notice,
        @Nullable Alert alert)
        implements AdministrationPage {
    public SettingsPage {
        security = List.copyOf(security);
    }

    /** The settings and nothing else to say. */
    public static SettingsPage showing(Site site, String account, List<Setting> security) {
        return new SettingsPage(site, account, security, null, null, null);
    }

    public SettingsPage with(SettingsDialog open) {
        return new SettingsPage(site, account, security, open, notice, alert);
    }

    public SettingsPage with(Notice said) {
        return new SettingsPage(site, account, security, dialog, said, alert);
    }

    public SettingsPage with(Alert refusal) {
        return new SettingsPage(site, account, security, dialog, notice, refusal);
    }

    @Override
    public AdministrationTab tab() {
        return AdministrationTab.SETTINGS;
    }

    /** What the dialog refused is an error of the page too, so that its title says so. */
    @Override
    public String title() {
        String title = AdministrationPage.super.title();
        boolean refused = alert == null && dialog != null && dialog.isRefused();
        return refused ? site.text("title.error") + ": " + title : title;
    }

    @Override
    public String view() {
        return "settings.jsp";
    }
}
