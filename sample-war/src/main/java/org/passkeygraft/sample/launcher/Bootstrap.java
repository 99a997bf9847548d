package org.passkeygraft.sample.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code java -jar sample-war.war} runs: the only class at the root of the WAR. It copies the jars of
 * {@code WEB-INF/launcher/} to a temporary directory and goes on with {@link Main} from there.
 */
public final class Bootstrap {
    private static final String LAUNCHER = "WEB-INF/launcher/";

    private Bootstrap() {}

    public static void main(String[] arguments) throws Exception {
        Path war = Path.of(Bootstrap.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path directory = Files.createTempDirectory("sample-launcher");
        URLClassLoader launcher = new URLClassLoader(
                "launcher", copyJars(war, directory).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(launcher);
        launcher.loadClass("org.passkeygraft.sample.launcher.Main")
                .getMethod("run", Path.class, Path.class, String[].class)
                .invoke(null, war, directory, arguments);
    }

    private static List<URL> copyJars(Path war, Path directory) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().startsWith(LAUNCHER) && entry.getName().endsWith(".jar")) {
                    jars.add(copyJar(zip, entry, directory));
                }
            }
        }
        return jars;
    }

    private static URL copyJar(ZipFile zip, ZipEntry entry, Path directory) throws IOException {
        Path jar = directory.resolve(entry.getName().substring(LAUNCHER.length()));
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, jar);
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IOException("the temporary directory " + directory + " has no URL", e);
        }
    }
}
