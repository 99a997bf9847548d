package org.passkeygraft.testing;

import java.util.List;
import org.passkeygraft.Bytes;

/** Reads members of the options JSON; an absent object is an empty one. */
final class Options {
    private Options() {}

    static Members object(Members options, String name) {
        return options.has(name) ? (Members) options.get(name) : new Members();
    }

    static List<Members> objects(Members options, String name) {
        if (!options.has(name)) {
            return List.of();
        }
        return ((List<?>) options.get(name)).stream().map(Members.class::cast).toList();
    }

    static String text(Members options, String name, String absent) {
        return options.has(name) ? (String) options.get(name) : absent;
    }

    static String requireText(Members options, String name) {
        return (String) options.get(name);
    }

    static boolean flag(Members options, String name) {
        return options.has(name) && options.get(name).equals(true);
    }

    static Bytes credentialId(Members descriptor) {
        return Bytes.require(requireText(descriptor, "id"));
    }
}
