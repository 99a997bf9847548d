package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As in a WAR: our classes in a jar of WEB-INF/lib, in a class loader that is not the thread's own. */
final class PackedStoreTest {
    @TempDir
    Path folder;

    @Test
    void theStoreOpensFromAJarWhateverTheContextClassLoader() throws Exception {
        URL[] library = library();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(library, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            Class<?> probe = application.loadClass(Probe.class.getName());
            assertThat(probe).isNotSameAs(Probe.class);

            Object answer = ((Callable<?>) probe.getDeclaredConstructor().newInstance()).call();

            assertThat(answer).isEqualTo("true, 1 key, alice");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Runs inside the other class loader. */
    public static final class Probe implements Callable<String> {
        @Override
        public String call() {
            try (PasskeyStore store = Fixture.open(TestDatabase.H2.fresh())) {
                String name = store.users()
                        .establish(Fixture.account("alice"))
                        .account()
                        .name();
                return store.policy().current().allowed() + ", "
                        + store.sealingKeys().keys().size() + " key, " + name.substring(0, 5);
            }
        }
    }

    private URL[] library() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                urls.add(packed(path).toUri().toURL());
            } else if (Files.exists(path)) {
                urls.add(path.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private Path packed(Path classes) throws IOException {
        Path jar = Files.createTempFile(folder, "packed", ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    out.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, out);
                    out.closeEntry();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
        return jar;
    }
}
