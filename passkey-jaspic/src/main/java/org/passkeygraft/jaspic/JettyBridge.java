package org.passkeygraft.jaspic;

import jakarta.security.auth.message.MessageInfo;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.security.auth.callback.CallbackHandler;

/**
 * The few members of Jetty's that its quirks force us to call. They belong to the server, not to the application, so they
 * are found through the class loader of the server's own callback handler. Immutable and thread-safe.
 */
final class JettyBridge {
    private static final String PREFIX = "org.eclipse.jetty.";
    private static final String INFO = "org.eclipse.jetty.ee10.security.jaspi.JaspiMessageInfo";
    private static final String RESPONSE = "org.eclipse.jetty.server.Response";
    private static final String DEFERRED = "org.eclipse.jetty.security.AuthenticationState$Deferred";
    private static final String CALLBACK = "org.eclipse.jetty.util.Callback";

    private final MethodHandle deferred;
    private final MethodHandle completed;

    private JettyBridge(ClassLoader server) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> info = Class.forName(INFO, false, server);
        Class<?> response = Class.forName(RESPONSE, false, server);
        Class<?> callback = Class.forName(CALLBACK, false, server);
        MethodHandle responseOf = lookup.findVirtual(info, "getBaseResponse", MethodType.methodType(response));
        MethodHandle callbackOf = lookup.findVirtual(info, "getCallback", MethodType.methodType(callback));
        MethodHandle isDeferred = lookup.findStatic(
                Class.forName(DEFERRED, false, server), "isDeferred", MethodType.methodType(boolean.class, response));
        MethodHandle succeeded = lookup.findVirtual(callback, "succeeded", MethodType.methodType(void.class));
        this.deferred = MethodHandles.filterReturnValue(responseOf, isDeferred)
                .asType(MethodType.methodType(boolean.class, MessageInfo.class));
        this.completed = MethodHandles.filterReturnValue(callbackOf, succeeded)
                .asType(MethodType.methodType(void.class, MessageInfo.class));
    }

    static boolean isJetty(CallbackHandler handler) {
        return handler.getClass().getName().startsWith(PREFIX);
    }

    /**
     * Finds Jetty's members.
     *
     * @throws IllegalStateException if this Jetty has no such members: then nothing is known about its bridge, and the
     *     application must not be served through it
     */
    static JettyBridge of(CallbackHandler handler) {
        try {
            return new JettyBridge(handler.getClass().getClassLoader());
        } catch (ReflectiveOperationException otherJetty) {
            throw new IllegalStateException(
                    "this version of Jetty is not known to Passkey Graft; supported is Jetty 12.0 with jetty-ee10-jaspi",
                    otherJetty);
        }
    }

    /** Whether Jetty only asks who the caller is, on a public request, without a response. */
    boolean isDeferred(MessageInfo messageInfo) {
        try {
            return (boolean) deferred.invokeExact(messageInfo);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("Jetty does not tell whether a request is protected", unexpected);
        }
    }

    /** Ends the exchange that a challenge has answered. */
    void complete(MessageInfo messageInfo) {
        try {
            completed.invokeExact(messageInfo);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("Jetty does not end the exchange", unexpected);
        }
    }
}
