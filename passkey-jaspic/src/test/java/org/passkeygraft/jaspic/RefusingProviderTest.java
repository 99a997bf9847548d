package org.passkeygraft.jaspic;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

/** The provider that an ended application leaves behind (T-131). */
final class RefusingProviderTest {
    private static final String ID = "Catalina/localhost /app";

    @Test
    void t131_everyRequestIsAnsweredWith503() throws Exception {
        List<Object> calls = new ArrayList<>();
        MessageInfo request = of(MessageInfo.class, HttpServletResponse.class, calls);

        ServerAuthConfig config =
                RefusingProvider.create(ID).getServerAuthConfig("HttpServlet", ID, callbacks -> calls.add("callback"));
        ServerAuthContext module = config.getAuthContext(config.getAuthContextID(request), null, null);

        assertThat(module.validateRequest(request, new Subject(), null)).isEqualTo(AuthStatus.SEND_FAILURE);
        assertThat(calls).containsExactly("getResponseMessage", "setStatus 503");
        assertThat(module.secureResponse(request, null)).isEqualTo(AuthStatus.SEND_SUCCESS);
        module.cleanSubject(request, new Subject());
        config.refresh();
        assertThat(config.getAppContext()).isEqualTo(ID);
        assertThat(config.getMessageLayer()).isEqualTo("HttpServlet");
        assertThat(config.isProtected()).isTrue();
        assertThat(calls).hasSize(2);
    }

    @Test
    void anotherApplicationsCopyOfTheClassRecognisesIt() throws Exception {
        AuthConfigProvider provider = RefusingProvider.create(ID);

        assertThat(RefusingProvider.isOne(provider)).isTrue();
        assertThat(RefusingProvider.isOne(RefusingProvider.create("other"))).isTrue();
        assertThat(RefusingProvider.isOne(ofApplication(new ApplicationLoader())))
                .isTrue();
        assertThat(RefusingProvider.isOne(of(AuthConfigProvider.class, MessageInfo.class, new ArrayList<>())))
                .isFalse();
        assertThat(List.<Object>of(provider)).contains(provider).doesNotContain("other");
        assertThat(provider).hasSameHashCodeAs(RefusingProvider.create(ID));
    }

    @Test
    void theClassLoaderOfTheEndedApplicationIsNotKept() throws Exception {
        ApplicationLoader application = new ApplicationLoader();
        WeakReference<ClassLoader> loader = new WeakReference<>(application);
        AuthConfigProvider provider = ofApplication(application);
        application = null;

        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(loader.get()).isNull();
        assertThat(provider.getServerAuthConfig("HttpServlet", ID, null)).isNotNull();
    }

    /** As a container has it: the thread's class loader is the application's. */
    private static AuthConfigProvider ofApplication(ApplicationLoader application) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            Class<?> type = application.loadClass(RefusingProvider.class.getName());
            assertThat(type).isNotSameAs(RefusingProvider.class);
            Method create = type.getDeclaredMethod("create", String.class);
            create.setAccessible(true);
            return (AuthConfigProvider) create.invoke(null, ID);
        } finally {
            assertThat(thread.getContextClassLoader()).isSameAs(application);
            thread.setContextClassLoader(before);
        }
    }

    /** Notes what is called; what is asked for an object gives one of the other type. */
    private static <T> T of(Class<T> type, Class<?> other, List<Object> calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(arguments == null ? method.getName() : method.getName() + " " + arguments[0]);
                    return method.getReturnType() == Object.class ? of(other, type, calls) : null;
                }));
    }

    /** Has its own copy of our classes, as an application on a server has. */
    private static final class ApplicationLoader extends ClassLoader {
        ApplicationLoader() {
            super(RefusingProviderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.passkeygraft.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(file).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
