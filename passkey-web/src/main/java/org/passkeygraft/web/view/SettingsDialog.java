package org.passkeygraft.web.view;

import java.util.List;

/**
 * The dialog Global Security, which the server opens, so that it shows what is in force at that moment.
 *
 * @param version of the policy that is being changed
 * @param objections why what was filled in may not hold, a sentence each
 */
public record SettingsDialog(List<FieldGroup> groups, long version, List<String> objections) {
    public SettingsDialog {
        groups = List.copyOf(groups);
        objections = List.copyOf(objections);
    }

    boolean isRefused() {
        return !objections.isEmpty()
                || groups.stream()
                        .flatMap(group -> group.fields().stream())
                        .anyMatch(field -> !field.error().isEmpty());
    }
}
