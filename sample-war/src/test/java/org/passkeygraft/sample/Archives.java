package org.passkeygraft.sample;

import static java.util.stream.Collectors.toMap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** What the build made. */
final class Archives {
    private Archives() {}

    static Path war() {
        return Path.of(System.getProperty("sample.war"));
    }

    static Path graft() {
        return Path.of(System.getProperty("graft.zip"));
    }

    /** The files of an archive by their names. */
    static Map<String, byte[]> read(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .collect(toMap(ZipEntry::getName, entry -> content(zip, entry), (a, b) -> a, TreeMap::new));
        }
    }

    /** Returns the names in an archive that is itself a file of another. */
    static Set<String> names(byte[] archive) throws IOException {
        return read(archive).keySet();
    }

    /** Returns the entries of an archive that is itself a file of another; a folder has no content. */
    static Map<String, byte[]> read(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    /** Copies an archive without some of its files. */
    static void copyWithout(Predicate<String> left, Path archive, Path copy) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (Map.Entry<String, byte[]> file : read(archive).entrySet()) {
                if (!left.test(file.getKey())) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue());
                    zip.closeEntry();
                }
            }
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) {
        try (var content = zip.getInputStream(entry)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
