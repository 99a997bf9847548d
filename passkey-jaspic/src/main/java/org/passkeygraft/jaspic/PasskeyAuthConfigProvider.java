package org.passkeygraft.jaspic;

import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import java.util.Map;
import java.util.function.BiFunction;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * Gives a container our ServerAuthModule for one web application (Jakarta Authentication 3.0, chapter 2). The module is
 * bound to the callback handler that the container gave for this application and to nothing else (T-84).
 */
final class PasskeyAuthConfigProvider implements AuthConfigProvider {
    static final String LAYER = "HttpServlet";

    private final PasskeyRuntime runtime;

    PasskeyAuthConfigProvider(PasskeyRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public ServerAuthConfig getServerAuthConfig(String layer, String appContext, @Nullable CallbackHandler handler) {
        if (handler == null) {
            throw new IllegalArgumentException("the container gave no callback handler for " + appContext);
        }
        return new Config(layer, appContext, new PasskeyServerAuthModule(runtime, exchanges(handler)));
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
