package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.passkeygraft.servers.ServerKind;

/** The table of {@code docs/real-wars.md}: every row there is what a test measured. */
final class RealWarsTable {
    private static final Path DOCUMENT = Path.of("../docs/real-wars.md");

    private RealWarsTable() {}

    /** Fails unless the document has exactly this row. */
    static void has(String application, ServerKind server, String door, Footprint footprint, Views views)
            throws IOException {
        String row = "| " + application + " | " + server.title() + " | " + door + " | " + names(footprint.added())
                + " | " + names(footprint.changed()) + " | " + names(footprint.leftOut()) + " | " + footprint.lines()
                + " | " + views.anonymous() + " | " + views.member() + " | " + views.stranger() + " |";
        assertThat(Files.readAllLines(DOCUMENT)).contains(row);
    }

    private static String names(List<String> files) {
        return files.isEmpty() ? "none" : "`" + String.join("`, `", files) + "`";
    }
}
