package org.passkeygraft.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold for everybody.
 *
 * @param security those of the section Security, as they are in force
 */
public record SettingsPage(
        Site site,
        String account,
        List<Setting> security,
        @Nullable Notice notice,
        @Nullable Alert alert) implements AdministrationPage {
    public SettingsPage {
        security = List.copyOf(security);
    }

    @Override
    public AdministrationTab tab() {
        return AdministrationTab.SETTINGS;
    }

    public String noticeText() {
        return notice == null ? "" : notice.text(site.texts());
    }

    @Override
    public String view() {
        return "settings.jsp";
    }
}
