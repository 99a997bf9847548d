package org.passkeygraft;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that every threat (T-01), guard (G1) and cost target (C1) which the project cites is defined in a table of
 * docs/security.md or docs/performance.md, and that every class in the last column of such a row exists and cites it.
 */
class SecurityDocumentTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Path THREATS = CHECKOUT.resolve("docs/security.md");
    private static final Path TARGETS = CHECKOUT.resolve("docs/performance.md");
    private static final List<String> MODULES = List.of("passkey-jaspic", "passkey-web", "sample-war", "server-tests");

    private static final Pattern ROW =
            Pattern.compile("^\\| (T-\\d{2,3}|[GC]\\d{1,2}) \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern THREAT = Pattern.compile("\\bT-\\d{2,3}\\b");
    private static final Pattern GUARD_OR_TARGET = Pattern.compile("(?<![%\\w-])[GC]\\d{1,2}\\b");
    private static final Pattern RANGE =
            Pattern.compile("\\b(T-|[GC])(\\d{1,3}) (?:to|and)\\s+(?:\\*\\s+)?\\1(\\d{1,3})\\b");
    private static final Pattern TEST_METHOD = Pattern.compile("\\bvoid ((?:t\\d{2,3}_)+)\\w+\\(");
    /** The last column of a threat that a later version answers. */
    private static final String NOT_BUILT = "not built yet";

    private final List<Row> rows =
            Stream.of(THREATS, TARGETS).flatMap(file -> rows(read(file))).toList();
    private final Map<String, Source> classes = new TreeMap<>();

    SecurityDocumentTest() {
        MODULES.stream()
                .flatMap(module -> files(CHECKOUT.resolve(module).resolve("src"), ".java"))
                .map(Source::of)
                .forEach(source -> classes.merge(source.name().replace(".java", ""), source, Source::and));
    }

    @Test
    void definesEveryIdThatTheProjectCites() {
        Set<String> defined = rows.stream().map(Row::id).collect(toCollection(TreeSet::new));
        Map<String, Set<String>> undefined = everything()
                .flatMap(source -> source.ids().stream()
                        .filter(id -> !defined.contains(id))
                        .map(id -> Map.entry(id, source.name())))
                .collect(groupingBy(
                        Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, toCollection(TreeSet::new))));

        assertNothing(undefined.entrySet().stream()
                .map(entry ->
                        "%s cite %s, which no table defines: add the row \"| %s | what happens | `TestClass` |\" to %s"
                                .formatted(
                                        entry.getValue(),
                                        entry.getKey(),
                                        entry.getKey(),
                                        entry.getKey().startsWith("C") ? "docs/performance.md" : "docs/security.md")));
    }

    @Test
    void namesOnlyClassesThatExistAndCiteTheirRow() {
        assertNothing(rows.stream()
                .flatMap(row -> row.classes().stream()
                        .filter(name ->
                                !classes.containsKey(name) || !classes.get(name).cites(row.id()))
                        .map(name -> classes.containsKey(name)
                                ? "Row %s names `%s`, which does not cite it: name its test t%s_… or write %s in its comment, or take it out of the row"
                                        .formatted(row.id(), name, row.id().replaceAll("\\D", ""), row.id())
                                : "Row %s names `%s`, which is no class of this project: correct the name or take it out of the row"
                                        .formatted(row.id(), name))));
    }

    @Test
    void namesATestForEveryThreatThatIsAnswered() {
        assertNothing(rows.stream()
                .filter(row -> row.id().startsWith("T-"))
                .filter(row -> row.classes().stream().noneMatch(SecurityDocumentTest::isTest))
                .filter(row -> !row.lastColumn().equals(NOT_BUILT))
                .map(row -> "Row %s names no test: add `TestClass`, or write \"%s\"".formatted(row.id(), NOT_BUILT)));
    }

    @Test
    void listsEveryTestThatCarriesTheIdOfAThreat() {
        assertNothing(rows.stream()
                .flatMap(row -> classes.entrySet().stream()
                        .filter(type -> type.getValue().testedThreats().contains(row.id()))
                        .map(Map.Entry::getKey)
                        .filter(name -> !row.classes().contains(name))
                        .map(name -> "`%s` has a test t%s_…: add `%s` to the last column of row %s in docs/security.md"
                                .formatted(name, row.id().substring(2), name, row.id()))));
    }

    @Test
    void definesEachIdOnceInAscendingOrder() {
        for (String kind : List.of("T-", "G", "C")) {
            List<Integer> numbers = rows.stream()
                    .map(Row::id)
                    .filter(id -> id.startsWith(kind))
                    .map(id -> Integer.valueOf(id.substring(kind.length())))
                    .toList();

            assertThat(numbers)
                    .as("rows %s… in ascending order, each once", kind)
                    .isEqualTo(List.copyOf(new TreeSet<>(numbers)));
        }
    }

    private static void assertNothing(Stream<String> faults) {
        assertThat(faults.sorted().toList())
                .as(() -> "what docs/security.md and docs/performance.md have to say")
                .isEmpty();
    }

    private Stream<Source> everything() {
        Stream<Path> documents = Stream.concat(
                files(CHECKOUT.resolve("docs"), ".md"),
                Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "pom.xml")
                        .map(CHECKOUT::resolve));
        Stream<Path> others = Stream.concat(
                files(CHECKOUT.resolve("sql"), ".sql"),
                MODULES.stream()
                        .map(CHECKOUT::resolve)
                        .flatMap(module -> Stream.of(".js", ".css", ".jsp", ".jspf", ".properties", ".xml")
                                .flatMap(ending -> files(module.resolve("src"), ending))));
        return Stream.concat(
                classes.values().stream(), Stream.concat(documents, others).map(Source::of));
    }

    private static boolean isTest(String name) {
        return name.endsWith("Test") || name.endsWith("IT") || name.endsWith("Contract");
    }

    private static Stream<Row> rows(String document) {
        return ROW.matcher(document)
                .results()
                .map(row -> new Row(
                        row.group(1),
                        row.group(2),
                        CLASS_NAME
                                .matcher(row.group(2))
                                .results()
                                .map(name -> name.group(1))
                                .toList()));
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Row(String id, String lastColumn, List<String> classes) {}

    /** One file: the ids that it spells out, those of its test methods, and those between the ends of "T-40 to T-44". */
    private record Source(String name, Set<String> ids, Set<String> testedThreats, Set<String> between) {
        static Source of(Path file) {
            String name = file.getFileName().toString();
            String text = read(file);
            Set<String> tested = new TreeSet<>();
            TEST_METHOD
                    .matcher(text)
                    .results()
                    .flatMap(method -> Stream.of(method.group(1).split("_")))
                    .forEach(threat -> tested.add("T-" + threat.substring(1)));
            Set<String> ids = new TreeSet<>(tested);
            THREAT.matcher(text).results().map(MatchResult::group).forEach(ids::add);
            // Style sheets and scripts have colours that look like targets.
            if (name.endsWith(".java") || name.endsWith(".md")) {
                GUARD_OR_TARGET.matcher(text).results().map(MatchResult::group).forEach(ids::add);
            }
            Set<String> between = new TreeSet<>();
            RANGE.matcher(text).results().forEach(range -> between.addAll(between(range)));
            return new Source(name, ids, tested, between);
        }

        /** Returns this file together with another of the same name, in another package. */
        Source and(Source other) {
            return new Source(
                    name,
                    union(ids, other.ids),
                    union(testedThreats, other.testedThreats),
                    union(between, other.between));
        }

        boolean cites(String id) {
            return ids.contains(id) || between.contains(id);
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            Set<String> both = new TreeSet<>(one);
            both.addAll(other);
            return both;
        }

        private static List<String> between(MatchResult range) {
            String format = range.group(1) + (range.group(1).equals("T-") ? "%02d" : "%d");
            return IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                    .mapToObj(format::formatted)
                    .toList();
        }
    }
}
