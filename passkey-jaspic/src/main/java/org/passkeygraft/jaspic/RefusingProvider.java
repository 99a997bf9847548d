package org.passkeygraft.jaspic;

import static java.lang.invoke.MethodType.methodType;

import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the provider that an application leaves behind when it ends: it answers every request with 503 until the next start
 * takes over (T-131). Tomcat's authenticator lives longer than the application and never looks for a provider again once it
 * has found none.
 *
 * <p>The provider consists of proxies and method handles and of no class of ours, so that it does not keep the class loader
 * of the ended application in memory and needs no class that a stopped loader refuses to load.
 */
final class RefusingProvider {
    private static final String TEXT = "Passkey Graft has ended here and refuses every request until it starts again";
    private static final int UNAVAILABLE = 503;
    /** What every object answers, beside its own methods. */
    private static final Map<String, Object> OF_OBJECT = Map.of("toString", TEXT, "hashCode", TEXT.hashCode());

    private RefusingProvider() {}

    /** Returns whether the provider was made here, by whichever application's copy of this class. */
    static boolean isOne(AuthConfigProvider provider) {
        return Proxy.isProxyClass(provider.getClass()) && TEXT.equals(provider.toString());
    }

    /**
     * Makes one.
     *
     * @param application the id of the application that it refuses for
     */
    static AuthConfigProvider create(String application) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Java defines a proxy for its own interfaces in this loader: it must be the server's.
        thread.setContextClassLoader(AuthConfigProvider.class.getClassLoader());
        try {
            ServerAuthContext refusal = proxy(
                    ServerAuthContext.class,
                    whenCalled(
                            "validateRequest",
                            setUnavailable(),
                            answers(Map.of(
                                    "validateRequest", AuthStatus.SEND_FAILURE,
                                    "secureResponse", AuthStatus.SEND_SUCCESS))));
            ServerAuthConfig config = proxy(
                    ServerAuthConfig.class,
                    answers(Map.of(
                            "getAuthContext", refusal,
                            "getAuthContextID", application,
                            "getAppContext", application,
                            "getMessageLayer", PasskeyAuthConfigProvider.LAYER,
                            "isProtected", true)));
            return proxy(AuthConfigProvider.class, answers(Map.of("getServerAuthConfig", config)));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The shape of all handles here is that of {@link InvocationHandler#invoke}. */
    private static <T> T proxy(Class<T> type, MethodHandle answer) throws ReflectiveOperationException {
        MethodHandle complete = whenCalled("equals", isSame(), answer);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                MethodHandleProxies.asInterfaceInstance(InvocationHandler.class, complete)));
    }

    /** Answers each method with the value of its name, others with nothing. */
    private static MethodHandle answers(Map<String, ?> values) throws ReflectiveOperationException {
        Map<String, Object> all = new HashMap<>(OF_OBJECT);
        all.putAll(values);
        MethodHandle get = MethodHandles.publicLookup()
                .findVirtual(Map.class, "get", methodType(Object.class, Object.class))
                .bindTo(Map.copyOf(all));
        return ofName(get.asType(methodType(Object.class, String.class)));
    }

    /** Calls the one handle for methods of this name, the other for all others; a handle of no result goes on to the other. */
    private static MethodHandle whenCalled(String name, MethodHandle then, MethodHandle otherwise)
            throws ReflectiveOperationException {
        MethodHandle isNamed = ofName(MethodHandles.publicLookup()
                .findVirtual(String.class, "equals", methodType(boolean.class, Object.class))
                .bindTo(name)
                .asType(methodType(boolean.class, String.class)));
        MethodHandle called =
                then.type().returnType() == void.class ? MethodHandles.foldArguments(otherwise, then) : then;
        return MethodHandles.guardWithTest(isNamed, called, otherwise);
    }

    /** Sets the status in the response of the MessageInfo that is the first argument. */
    private static MethodHandle setUnavailable() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle response = lookup.findVirtual(MessageInfo.class, "getResponseMessage", methodType(Object.class));
        MethodHandle set = MethodHandles.insertArguments(
                lookup.findVirtual(HttpServletResponse.class, "setStatus", methodType(void.class, int.class)),
                1,
                UNAVAILABLE);
        return ofFirstArgument(
                MethodHandles.filterArguments(set.asType(methodType(void.class, Object.class)), 0, response));
    }

    /** Two of these are equal if they say the same of themselves. */
    private static MethodHandle isSame() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodHandle text = lookup.findStatic(String.class, "valueOf", methodType(String.class, Object.class));
        MethodHandle equals = lookup.findVirtual(String.class, "equals", methodType(boolean.class, Object.class))
                .bindTo(TEXT);
        return ofFirstArgument(
                        MethodHandles.filterArguments(equals, 0, text.asType(methodType(Object.class, Object.class))))
                .asType(methodType(Object.class, Object.class, Method.class, Object[].class));
    }

    /** Turns a handle of a method's name into one of a proxy, a method and its arguments. */
    private static MethodHandle ofName(MethodHandle handle) throws ReflectiveOperationException {
        MethodHandle name = MethodHandles.publicLookup().findVirtual(Method.class, "getName", methodType(String.class));
        return MethodHandles.dropArguments(
                MethodHandles.dropArguments(MethodHandles.filterArguments(handle, 0, name), 1, Object[].class),
                0,
                Object.class);
    }

    /** Turns a handle of a first argument into one of a proxy, a method and its arguments. */
    private static MethodHandle ofFirstArgument(MethodHandle handle) {
        MethodHandle first = MethodHandles.insertArguments(MethodHandles.arrayElementGetter(Object[].class), 1, 0);
        MethodHandle ofArguments = MethodHandles.filterArguments(
                handle.asType(handle.type().changeParameterType(0, Object.class)), 0, first);
        return MethodHandles.dropArguments(ofArguments, 0, Object.class, Method.class);
    }
}
