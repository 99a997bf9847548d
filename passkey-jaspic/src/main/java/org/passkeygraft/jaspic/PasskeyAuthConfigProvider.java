package org.passkeygraft.jaspic;

import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.ServletContext;
import java.util.Deque;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * Gives a container our ServerAuthModule for one web application (Jakarta Authentication 3.0, chapter 2). The module is
 * bound to the callback handler that the container gave for this application and to nothing else (T-84).
 *
 * <p>Versions of an application that run side by side have one id, so the container asks the provider of one of them about
 * the requests of all. Each version keeps its own provider in its ServletContext, where the others find it. They share a
 * list of those that run; the classes differ, so only types of the JDK and the API pass between them.
 */
final class PasskeyAuthConfigProvider implements AuthConfigProvider, Supplier<Deque<AuthConfigProvider>> {
    static final String LAYER = "HttpServlet";
    private static final String ATTRIBUTE = "org.passkeygraft.provider";

    private final PasskeyRuntime runtime;
    private final Deque<AuthConfigProvider> versions;

    PasskeyAuthConfigProvider(PasskeyRuntime runtime, Deque<AuthConfigProvider> versions) {
        this.runtime = runtime;
        this.versions = versions;
    }

    /** Returns whether a provider is one of these, also one of another version of the application with classes of its own. */
    static boolean isOne(AuthConfigProvider provider) {
        return provider.getClass().getName().equals(PasskeyAuthConfigProvider.class.getName())
                && provider instanceof Supplier;
    }

    /** Returns the provider that an application keeps, null for none. */
    static @Nullable AuthConfigProvider of(ServletContext context) {
        return (AuthConfigProvider) context.getAttribute(ATTRIBUTE);
    }

    void putInto(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    static void removeFrom(ServletContext context) {
        context.removeAttribute(ATTRIBUTE);
    }

    /** Returns the providers of all versions that run, the oldest first; shared among them and thread-safe. */
    @Override
    public Deque<AuthConfigProvider> get() {
        return versions;
    }

    @Override
    public ServerAuthConfig getServerAuthConfig(String layer, String appContext, @Nullable CallbackHandler handler) {
        if (handler == null) {
            throw new IllegalArgumentException("the container gave no callback handler for " + appContext);
        }
        BiFunction<MessageInfo, Subject, MessageExchange> exchanges = exchanges(handler);
        ServerAuthContext own = new PasskeyServerAuthModule(runtime, exchanges);
        return new Config(layer, appContext, new ModuleOfVersion(this, own, exchanges, layer, appContext, handler));
    }

    private static BiFunction<MessageInfo, Subject, MessageExchange> exchanges(CallbackHandler handler) {
        if (JettyBridge.isJetty(handler)) {
            JettyBridge jetty = JettyBridge.of(handler);
            return (info, subject) -> new JettyExchange(info, subject, handler, jetty);
        }
        return (info, subject) -> new MessageExchange(info, subject, handler);
    }

    @Override
    public ClientAuthConfig getClientAuthConfig(String layer, String appContext, CallbackHandler handler) {
        throw new UnsupportedOperationException("Passkey Graft authenticates callers of servlets, not of services");
    }

    @Override
    public void refresh() {
        // The configuration of a web application does not change while it runs.
    }

    private record Config(String getMessageLayer, String getAppContext, ServerAuthContext module)
            implements ServerAuthConfig {
        @Override
        public ServerAuthContext getAuthContext(
                String authContextId, @Nullable Subject service, @Nullable Map<String, Object> properties) {
            return module;
        }

        @Override
        public String getAuthContextID(MessageInfo messageInfo) {
            return getAppContext;
        }

        @Override
        public void refresh() {
            // See above.
        }

        @Override
        public boolean isProtected() {
            return true;
        }
    }
}
