package org.passkeygraft.web;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.json.Json;

/** How exported events are written, one after the other: nothing is kept. */
enum AuditExport {
    /** RFC 4180, with a line of names, and with what a spreadsheet could take for a formula made a text. */
    CSV("text/csv; charset=utf-8; header=present") {
        @Override
        void begin(Writer out) throws IOException {
            out.write(line(List.copyOf(members(NOTHING).keySet())));
        }

        @Override
        void write(AuditRecord event, boolean first, Writer out) throws IOException {
            out.write(line(List.copyOf(members(event).values())));
        }

        @Override
        void end(Writer out) {
            // A line has its own end.
        }
    },
    JSON("application/json") {
        @Override
        void begin(Writer out) throws IOException {
            out.write("{\"events\": [");
        }

        @Override
        void write(AuditRecord event, boolean first, Writer out) throws IOException {
            out.write(first ? "\n" : ",\n");
            out.write(Json.write(members(event)));
        }

        @Override
        void end(Writer out) throws IOException {
            out.write("\n]}\n");
        }
    };

    /** A cell that begins so is calculated by spreadsheets; so may be what follows a tab or the end of a line. */
    private static final String FORMULA = "=+-@\t\r\n";

    private static final AuditRecord NOTHING = new AuditRecord("", Instant.EPOCH, "", "", "", "", "", "", "", "", "");

    private final String type;

    AuditExport(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    abstract void begin(Writer out) throws IOException;

    abstract void write(AuditRecord event, boolean first, Writer out) throws IOException;

    abstract void end(Writer out) throws IOException;

    private static Map<String, String> members(AuditRecord event) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("id", event.id());
        members.put("time", event.time().toString());
        members.put("event", event.event());
        members.put("account", event.account());
        members.put("accountKey", event.accountKey());
        members.put("method", event.method());
        members.put("reason", event.reason());
        members.put("passkey", event.passkey());
        members.put("address", event.address());
        members.put("userAgent", event.userAgent());
        members.put("details", event.details());
        return members;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(AuditExport::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
