package org.passkeygraft.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Comes last: what the tests have found out is what docs/servers.md says. */
@Order(Integer.MAX_VALUE)
@ExtendWith(PromiseRecorder.class)
class DocumentIT {
    private static final String BEGIN = "<!-- measured: begin -->\n";
    private static final String END = "<!-- measured: end -->\n";
    private static final Path DOCUMENT = Path.of(System.getProperty("servers.document", "../docs/servers.md"));
    private static final Path MEASURED = Path.of("target/servers.md");

    @Test
    void theTableOfTheServersIsAsMeasured(PromiseTable table) throws IOException {
        assumeTrue(table.isComplete(), "not every door was tried on every server in this run");
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as(DOCUMENT + " has the marks of the table").isGreaterThanOrEqualTo(begin);
        String updated = text.substring(0, begin) + table.toMarkdown() + text.substring(end);
        Files.writeString(MEASURED, updated);
        if (Boolean.getBoolean("servers.update")) {
            Files.writeString(DOCUMENT, updated);
            return;
        }
        assertThat(text)
                .as("docs/servers.md is not what was measured. Look at the difference, then take it over:"
                        + " cp server-tests/target/servers.md docs/servers.md")
                .isEqualTo(updated);
    }
}
