package org.passkeygraft.jaspic;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.passkeygraft.http.Challenge;

/**
 * Hands each request to the module of the application version that the request is in. Where that one runs without Passkey
 * Graft, or has ended, the answer is 503 (T-131). No mutable state.
 */
final class ModuleOfVersion implements ServerAuthContext {
    private final AuthConfigProvider provider;
    private final ServerAuthContext own;
    private final BiFunction<MessageInfo, Subject, MessageExchange> exchanges;
    private final String layer;
    private final String application;
    private final CallbackHandler handler;

    /**
     * Keeps what is needed to ask this version or another one.
     *
     * @param provider the provider of this version
     * @param own the module of this version
     * @param handler the callback handler that the container gave, for the version that the request is in
     */
    ModuleOfVersion(
            AuthConfigProvider provider,
            ServerAuthContext own,
            BiFunction<MessageInfo, Subject, MessageExchange> exchanges,
            String layer,
            String application,
            CallbackHandler handler) {
        this.provider = provider;
        this.own = own;
        this.exchanges = exchanges;
        this.layer = layer;
        this.application = application;
        this.handler = handler;
    }

    @Override
    public AuthStatus validateRequest(MessageInfo messageInfo, Subject client, Subject service) throws AuthException {
        Optional<ServerAuthContext> responsible = responsible(messageInfo);
        return responsible.isPresent()
                ? responsible.get().validateRequest(messageInfo, client, service)
                : exchanges.apply(messageInfo, client).send(new Challenge.Unavailable());
    }

    @Override
    public AuthStatus secureResponse(MessageInfo messageInfo, Subject service) throws AuthException {
        return own.secureResponse(messageInfo, service);
    }

    @Override
    public void cleanSubject(MessageInfo messageInfo, Subject subject) throws AuthException {
        Optional<ServerAuthContext> responsible = responsible(messageInfo);
        if (responsible.isPresent()) {
            responsible.get().cleanSubject(messageInfo, subject);
        }
    }

    private Optional<ServerAuthContext> responsible(MessageInfo messageInfo) throws AuthException {
        if (!(messageInfo.getRequestMessage() instanceof ServletRequest request)) {
            return Optional.empty();
        }
        AuthConfigProvider version = PasskeyAuthConfigProvider.of(request.getServletContext());
        if (version == null || version == provider) {
            return Optional.ofNullable(version).map(itself -> own);
        }
        return Optional.of(
                version.getServerAuthConfig(layer, application, handler).getAuthContext(application, null, null));
    }
}
