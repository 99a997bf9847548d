package org.passkeygraft.web.view;

import java.util.List;

/** Fields that belong together. */
public record FieldGroup(String heading, List<Field> fields) {
    public FieldGroup {
        fields = List.copyOf(fields);
    }
}
