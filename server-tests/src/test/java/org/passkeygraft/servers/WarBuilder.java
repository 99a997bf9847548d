package org.passkeygraft.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Makes an unpacked WAR, as a team would: its own files first, then the graft beside them. */
public final class WarBuilder {
    private static final String LIBRARIES = "WEB-INF/lib/";
    private static final String CLASSES = "WEB-INF/classes/";

    private final Path directory;

    private WarBuilder(Path directory) {
        this.directory = directory;
    }

    /** An empty WAR in a new directory. */
    public static WarBuilder inDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new WarBuilder(directory);
    }

    /** Writes one file; the path is below the root of the WAR. */
    public WarBuilder file(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    public WarBuilder webXml(String text) {
        return file("WEB-INF/web.xml", text);
    }

    /** Everything that a WAR or a directory has. */
    public WarBuilder contentOf(Path warOrDirectory) {
        return contentOf(warOrDirectory, name -> true);
    }

    public WarBuilder contentOf(Path warOrDirectory, Predicate<String> wanted) {
        if (Files.isDirectory(warOrDirectory)) {
            copy(warOrDirectory, "", wanted);
        } else {
            unpack(warOrDirectory, "", wanted);
        }
        return this;
    }

    /** The compiled classes of a package of these tests, nested ones too, not those of packages below it. */
    public WarBuilder classesOf(Package aPackage) {
        String folder = aPackage.getName().replace('.', '/');
        copy(
                testClasses().resolve(folder),
                CLASSES + folder + "/",
                name -> name.endsWith(".class") && !name.contains("/"));
        return this;
    }

    /** Compiled classes of these tests, each with what is nested in it. */
    public WarBuilder classes(Class<?>... types) {
        for (Class<?> type : types) {
            String folder = type.getPackageName().replace('.', '/');
            String name = type.getName().substring(type.getPackageName().length() + 1);
            copy(
                    testClasses().resolve(folder),
                    CLASSES + folder + "/",
                    file -> file.equals(name + ".class") || file.startsWith(name + "$"));
        }
        return this;
    }

    public WarBuilder jar(Path jar) {
        try {
            Path libraries = Files.createDirectories(directory.resolve(LIBRARIES));
            Files.copy(jar, libraries.resolve(jar.getFileName().toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    /** Drops the jars of the graft in and writes {@code WEB-INF/passkey.properties}. */
    public WarBuilder graft(Map<String, String> settings) {
        return graft(settings, jar -> true);
    }

    /** The same without some of the jars, which are known by their file names. */
    public WarBuilder graft(Map<String, String> settings, Predicate<String> wantedJar) {
        unpack(
                Path.of(System.getProperty("graft.zip", "../sample-war/target/passkey-graft-0.1.0-SNAPSHOT.zip")),
                "WEB-INF/lib/",
                name -> name.endsWith(".jar") && wantedJar.test(name));
        return properties(settings);
    }

    /** Writes {@code WEB-INF/passkey.properties}; what depends on the port is set by the server. */
    public WarBuilder properties(Map<String, String> settings) {
        return file(
                "WEB-INF/passkey.properties",
                new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
                                .collect(Collectors.joining()));
    }

    /** The directory, which can be deployed as it is. */
    public Path build() {
        return directory;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n");
    }

    /** Where the classes of these tests were compiled to. */
    private static Path testClasses() {
        try {
            return Path.of(WarBuilder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void copy(Path from, String to, Predicate<String> wanted) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString().replace('\\', '/');
                if (wanted.test(name)) {
                    try (InputStream content = Files.newInputStream(file)) {
                        write(to + name, content);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Unpacks a WAR, or what lies below {@code folder} in an archive that may have one more folder around it. */
    private void unpack(Path archive, String folder, Predicate<String> wanted) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                int start = entry.getName().indexOf(folder);
                String name = start < 0 ? "" : entry.getName().substring(start + folder.length());
                if (!entry.isDirectory() && !name.isEmpty() && wanted.test(name)) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        write(folder + name, content);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String path, InputStream content) throws IOException {
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(directory)) {
            throw new IOException("an entry leads out of the WAR: " + path);
        }
        Files.createDirectories(file.getParent());
        Files.copy(content, file);
    }
}
