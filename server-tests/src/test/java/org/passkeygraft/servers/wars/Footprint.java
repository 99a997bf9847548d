package org.passkeygraft.servers.wars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What grafting did to the files of an application.
 *
 * @param added without the jars of the graft
 * @param lines of the files added, without those that are empty or a comment
 */
record Footprint(List<String> added, List<String> changed, List<String> leftOut, int lines) {
    static Footprint between(Path original, Path grafted) throws IOException {
        List<String> before = files(original);
        List<String> after = files(grafted);
        List<String> changed = new ArrayList<>();
        for (String file : before) {
            if (after.contains(file) && Files.mismatch(original.resolve(file), grafted.resolve(file)) >= 0) {
                changed.add(file);
            }
        }
        List<String> added = after.stream()
                .filter(file -> !before.contains(file) && !file.endsWith(".jar"))
                .toList();
        int lines = 0;
        for (String file : added) {
            lines += (int) Files.readAllLines(grafted.resolve(file)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .count();
        }
        List<String> leftOut =
                before.stream().filter(file -> !after.contains(file)).toList();
        return new Footprint(added, changed, leftOut, lines);
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
