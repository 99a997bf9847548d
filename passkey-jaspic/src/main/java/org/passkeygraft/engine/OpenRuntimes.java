package org.passkeygraft.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The runtimes that are open in this class loader, for whoever a container makes by its class name alone and gives no
 * servlet context: a LoginModule. The only state that is static; a runtime leaves it when it is closed.
 *
 * <p>No application gets another's runtime: where our jars are shared by several, the thread's class loader or the context
 * path must say which one is meant.
 */
public final class OpenRuntimes {
    private static final List<Entry> OPEN = new CopyOnWriteArrayList<>();

    private OpenRuntimes() {}

    static void add(String contextPath, ClassLoader application, PasskeyRuntime runtime) {
        OPEN.add(new Entry(contextPath, application, runtime));
    }

    static void remove(PasskeyRuntime runtime) {
        OPEN.removeIf(entry -> entry.runtime() == runtime);
    }

    /**
     * The runtime of the application on whose behalf the current thread runs.
     *
     * @param contextPath of the application; null where only one can be meant
     * @return empty if none is open, or nothing says which of them is meant
     */
    public static Optional<PasskeyRuntime> find(@Nullable String contextPath) {
        ClassLoader caller = Thread.currentThread().getContextClassLoader();
        List<Entry> callers =
                OPEN.stream().filter(entry -> entry.application() == caller).toList();
        // A thread of one application never gets another's, whatever path a login configuration names.
        List<Entry> candidates = (callers.isEmpty() ? OPEN : callers)
                .stream()
                        .filter(entry ->
                                contextPath == null || entry.contextPath().equals(contextPath))
                        .toList();
        return only(candidates, contextPath != null || !callers.isEmpty());
    }

    private static Optional<PasskeyRuntime> only(List<Entry> entries, boolean named) {
        if (entries.size() != 1) {
            return Optional.empty();
        }
        Entry entry = entries.get(0);
        // Our jar in the application's own WEB-INF/lib: no other application sees this class.
        boolean own = entry.application() == OpenRuntimes.class.getClassLoader();
        return named || own ? Optional.of(entry.runtime()) : Optional.empty();
    }

    private record Entry(String contextPath, ClassLoader application, PasskeyRuntime runtime) {}
}
