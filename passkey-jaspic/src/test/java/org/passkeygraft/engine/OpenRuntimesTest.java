package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.store.TestDatabase;

/** Which application's runtime a LoginModule gets, that was told nothing but its class name. */
final class OpenRuntimesTest {
    private final ClassLoader own = OpenRuntimes.class.getClassLoader();
    private final ClassLoader one = new URLClassLoader(new URL[0], own);
    private final ClassLoader two = new URLClassLoader(new URL[0], own);
    private final ClassLoader server = new URLClassLoader(new URL[0], own);

    @Test
    void anApplicationWithTheJarToItselfNeedsNoName() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            assertThat(find(own, null)).contains(engine.runtime());
            assertThat(find(server, null)).contains(engine.runtime());
            assertThat(find(server, "/app")).contains(engine.runtime());
            assertThat(find(own, "/other")).isEmpty();
        }
        assertThat(find(own, null)).as("closed").isEmpty();
    }

    @Test
    void applicationsThatShareTheJarNeverGetEachOthers() {
        PasskeyConfiguration configuration = configuration();
        try (PasskeyRuntime second = open(configuration, "/two", two)) {
            assertThat(find(one, null)).as("the only one open is another's").isEmpty();
            assertThat(find(server, null)).as("nothing says that it is meant").isEmpty();
            try (PasskeyRuntime first = open(configuration, "/one", one)) {
                assertThat(find(one, null)).contains(first);
                assertThat(find(two, null)).contains(second);
                assertThat(find(one, "/two")).as("a path that names another's").isEmpty();
                assertThat(find(server, null)).isEmpty();
                assertThat(find(server, "/one")).contains(first);
                assertThat(find(server, "/two")).contains(second);
                assertThat(find(server, "")).isEmpty();
            }
            assertThat(find(one, null)).as("closed").isEmpty();
            assertThat(find(two, null)).contains(second);
        }
    }

    @Test
    void twoOfOneContextPathAreToldApartByTheThreadOrNotAtAll() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2);
                PasskeyRuntime first = open(engine.runtime().configuration(), "/app", one)) {
            assertThat(find(one, "/app")).contains(first);
            assertThat(find(own, "/app")).contains(engine.runtime());
            assertThat(find(server, "/app")).isEmpty();
        }
    }

    private static PasskeyConfiguration configuration() {
        try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2)) {
            return engine.runtime().configuration();
        }
    }

    private static PasskeyRuntime open(
            PasskeyConfiguration configuration, String contextPath, ClassLoader application) {
        return PasskeyRuntime.open(configuration, contextPath, application);
    }

    private static Optional<PasskeyRuntime> find(ClassLoader caller, @Nullable String contextPath) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(caller);
        try {
            return OpenRuntimes.find(contextPath);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
