package org.passkeygraft.servers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the contract's tests found out, as docs/servers.md shows it. Thread-safe. */
final class PromiseTable {
    private static final String KEPT = "✓";
    private static final String BROKEN = "✗";
    private static final String NOT_RUN = "";
    private static final String NOT_PROMISED = "–";

    private final Map<Cell, Outcome> outcomes = new LinkedHashMap<>();

    /** A row and a column. */
    record Cell(Promise promise, Door door, ServerKind server) {}

    /** A gap has a reason that is known; any other failure has none. */
    private record Outcome(boolean kept, String reason) {}

    synchronized void kept(Cell cell) {
        outcomes.putIfAbsent(cell, new Outcome(true, ""));
    }

    synchronized void broken(Cell cell, String reason) {
        outcomes.put(cell, new Outcome(false, reason));
    }

    /** Whether every cell has been tried in this run. */
    synchronized boolean isComplete() {
        return columns()
                .flatMap(column -> Stream.of(Promise.values())
                        .filter(promise -> promise.isOf(column.door()))
                        .map(promise -> new Cell(promise, column.door(), column.server())))
                .allMatch(outcomes::containsKey);
    }

    synchronized String toMarkdown() {
        List<String> notes = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        text.append(line(
                columns()
                        .map(column ->
                                column.door().title() + "<br>" + column.server().title()),
                "promise"));
        text.append(line(columns().map(column -> ":---:"), "---"));
        for (Promise promise : Promise.values()) {
            text.append(line(
                    columns().map(column -> symbol(new Cell(promise, column.door(), column.server()), notes)),
                    promise.text()));
        }
        text.append('\n');
        for (int i = 0; i < notes.size(); i++) {
            text.append("- ").append(number(i)).append(' ').append(notes.get(i)).append('\n');
        }
        return text.toString();
    }

    private String symbol(Cell cell, List<String> notes) {
        Outcome outcome = outcomes.get(cell);
        if (outcome == null) {
            return cell.promise().isOf(cell.door()) ? NOT_RUN : NOT_PROMISED;
        }
        if (outcome.kept()) {
            return KEPT;
        }
        if (outcome.reason().isEmpty()) {
            return BROKEN;
        }
        if (!notes.contains(outcome.reason())) {
            notes.add(outcome.reason());
        }
        return BROKEN + " " + number(notes.indexOf(outcome.reason()));
    }

    private static String number(int index) {
        return "[" + (index + 1) + "]";
    }

    private static Stream<Cell> columns() {
        return Stream.of(Door.values())
                .flatMap(
                        door -> Stream.of(ServerKind.values()).map(server -> new Cell(Promise.PASSWORD, door, server)));
    }

    private static String line(Stream<String> cells, String first) {
        return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
