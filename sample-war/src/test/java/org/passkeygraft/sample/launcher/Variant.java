package org.passkeygraft.sample.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The sample unpacked and changed into another application, as the team of such an application would have it. */
public final class Variant implements AutoCloseable {
    private static final Pattern SECURITY =
            Pattern.compile("<(security-constraint|login-config|security-role)>.*?</\\1>", Pattern.DOTALL);

    private final Path directory;

    private Variant(Path directory) {
        this.directory = directory;
    }

    public static Variant of(Path war) throws IOException {
        Path directory = Files.createTempDirectory("variant").toRealPath();
        WarFiles.unpack(war, directory);
        return new Variant(directory);
    }

    /** Without any security of the container's. */
    public Variant withoutConstraints() throws IOException {
        return descriptor(xml -> SECURITY.matcher(xml).replaceAll(""));
    }

    public Variant metadataComplete() throws IOException {
        return descriptor(xml -> xml.replaceFirst("version=\"6.0\"", "version=\"6.0\" metadata-complete=\"true\""));
    }

    /** With so much more in its web.xml. */
    public Variant declaring(String elements) throws IOException {
        return descriptor(xml -> xml.replace("</web-app>", elements + "</web-app>"));
    }

    /** With another web.xml. */
    public Variant descriptor(UnaryOperator<String> change) throws IOException {
        Path descriptor = directory.resolve("WEB-INF/web.xml");
        Files.writeString(descriptor, change.apply(Files.readString(descriptor)));
        return this;
    }

    /** With one more file, or another. */
    public Variant file(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        WarFiles.delete(directory);
    }
}
