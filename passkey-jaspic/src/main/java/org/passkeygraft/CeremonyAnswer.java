package org.passkeygraft;

import java.util.Map;

/**
 * What a browser sent to end a ceremony.
 *
 * @param json the body as it came, at most 64 KiB, not yet looked at
 * @param tokens the sealed ceremonies of the right kind that came along, by tag
 */
public record CeremonyAnswer(Bytes json, Map<String, String> tokens) {
    public CeremonyAnswer {
        tokens = Map.copyOf(tokens);
    }
}
