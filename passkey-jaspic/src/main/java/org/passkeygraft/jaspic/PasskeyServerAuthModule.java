package org.passkeygraft.jaspic;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.PasskeyRuntime;
import org.passkeygraft.http.AskedModule;
import org.passkeygraft.http.CallerSession;
import org.passkeygraft.http.Challenge;
import org.passkeygraft.http.LogonGate;
import org.passkeygraft.http.RealmLogon;
import org.passkeygraft.http.RequestCaller;

/**
 * The Jakarta Authentication door: tells the container on every request who its caller is. It decides no logon of a
 * session but one that only the container's realm can decide ({@link RealmLogon}). It writes a response in two cases only,
 * a redirect to the logon page and a problem body, because on a protected
 * URL no filter runs before it.
 *
 * <p>No mutable state: one instance serves all threads of one callback handler.
 */
final class PasskeyServerAuthModule implements ServerAuthContext {
    private static final System.Logger LOG = System.getLogger(PasskeyServerAuthModule.class.getName());

    private final PasskeyRuntime runtime;
    private final LogonGate gate;
    private final BiFunction<MessageInfo, Subject, MessageExchange> exchanges;

    PasskeyServerAuthModule(PasskeyRuntime runtime, BiFunction<MessageInfo, Subject, MessageExchange> exchanges) {
        this.runtime = runtime;
        this.gate = new LogonGate(runtime);
        this.exchanges = exchanges;
    }

    @Override
    public AuthStatus validateRequest(MessageInfo messageInfo, Subject client, Subject service) throws AuthException {
        MessageExchange exchange = exchanges.apply(messageInfo, client);
        AskedModule.note(exchange.request(), runtime);
        try {
            return validate(exchange);
        } catch (UnavailableException accountsDown) {
            return refuse(exchange);
        } catch (AuthException | RuntimeException | LinkageError defect) {
            LOG.log(System.Logger.Level.ERROR, "the ServerAuthModule failed; nobody passes as a caller", defect);
            return refuse(exchange);
        }
    }

    /** T-80, T-81: a status is always set; what is protected stays closed, what is public stays open for nobody. */
    private static AuthStatus refuse(MessageExchange exchange) throws AuthException {
        return exchange.isMandatory() ? exchange.send(new Challenge.Unavailable()) : exchange.passAnonymous();
    }

    private AuthStatus validate(MessageExchange exchange) throws AuthException {
        RealmLogon.decide(exchange.request(), exchange.realm(), runtime);
        Optional<Caller> caller = RequestCaller.of(exchange.request(), exchange.realm());
        if (caller.isPresent()) {
            return exchange.accept(caller.get());
        }
        return exchange.isMandatory() ? exchange.send(gate.challenge(exchange.request())) : exchange.passAnonymous();
    }

    @Override
    public AuthStatus secureResponse(MessageInfo messageInfo, Subject service) {
        return AuthStatus.SEND_SUCCESS;
    }

    /** {@code request.logout()} on containers that tell us (section 3.8.4). */
    @Override
    public void cleanSubject(MessageInfo messageInfo, @Nullable Subject subject) {
        if (messageInfo.getRequestMessage() instanceof HttpServletRequest request) {
            CallerSession.end(request);
        }
        // Open Liberty gives one that nobody may change.
        if (subject != null && !subject.isReadOnly()) {
            subject.getPrincipals().clear();
        }
    }
}
