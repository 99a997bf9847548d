package org.passkeygraft.web.view;

import java.util.List;

/**
 * One thing that an administrator can set, as it is now.
 *
 * @param values in words; several for a list, which stand below each other
 */
public record Setting(String name, List<String> values) {
    public Setting {
        values = List.copyOf(values);
    }
}
