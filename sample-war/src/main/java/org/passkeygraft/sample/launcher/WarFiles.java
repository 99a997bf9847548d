package org.passkeygraft.sample.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks the application out of its WAR and removes it again. */
final class WarFiles {
    private static final String LAUNCHER_JARS = "WEB-INF/launcher/";
    private static final String LAUNCHER_CLASSES = "org/";

    private WarFiles() {}

    /** Unpacks what an application server would look at: everything but the launcher. */
    static void unpack(Path war, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                String name = entry.getName();
                if (!entry.isDirectory() && !name.startsWith(LAUNCHER_JARS) && !name.startsWith(LAUNCHER_CLASSES)) {
                    copy(zip, entry, directory);
                }
            }
        }
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path directory) throws IOException {
        Path file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
            throw new IOException("the WAR has an entry that leads out of it: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
    }

    /** Removes a temporary directory; what the operating system holds on to stays. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("The temporary directory " + directory + " is left behind: " + e.getMessage());
        }
    }
}
