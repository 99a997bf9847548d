package org.passkeygraft.jaspic;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.http.Challenge;

/**
 * One message exchange of the Servlet Container Profile (Jakarta Authentication 3.0, chapter 3), as the specification has
 * it. What a container does otherwise is a subclass.
 */
class MessageExchange {
    private static final String IS_MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";

    private final MessageInfo messageInfo;
    private final Subject subject;
    private final CallbackHandler handler;

    MessageExchange(MessageInfo messageInfo, Subject subject, CallbackHandler handler) {
        this.messageInfo = messageInfo;
        this.subject = subject;
        this.handler = handler;
    }

    final HttpServletRequest request() {
        return (HttpServletRequest) messageInfo.getRequestMessage();
    }

    final MessageInfo messageInfo() {
        return messageInfo;
    }

    /** Returns whether the request may only go on with a caller; also where the container does not say. */
    boolean isMandatory() {
        Map<?, ?> properties = messageInfo.getMap();
        return properties == null || "true".equals(properties.get(IS_MANDATORY));
    }

    /** The container's own users, to be asked before anything is told. */
    final ContainerRealm realm() {
        return new RealmExchange(handler);
    }

    /** Tells the container who the caller is. Nothing may come between the callbacks and the status. */
    final AuthStatus accept(Caller caller) throws AuthException {
        tell(
                new CallerPrincipalCallback(subject, new AssertedCaller(caller.name(), caller.groups())),
                new GroupPrincipalCallback(subject, caller.groups().toArray(String[]::new)));
        return AuthStatus.SUCCESS;
    }

    /** Lets a request for something public go on without a caller (section 3.8.3.1). */
    AuthStatus passAnonymous() throws AuthException {
        tell(new CallerPrincipalCallback(subject, (Principal) null));
        return AuthStatus.SUCCESS;
    }

    /** Answers in the application's place. The body is closed, so that no error page takes its place. */
    AuthStatus send(Challenge challenge) throws AuthException {
        HttpServletResponse response = (HttpServletResponse) messageInfo.getResponseMessage();
        try {
            challenge.send(response);
            response.getOutputStream().close();
        } catch (IOException clientGone) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
        return AuthStatus.SEND_CONTINUE;
    }

    private void tell(Callback... callbacks) throws AuthException {
        try {
            handler.handle(callbacks);
        } catch (IOException | UnsupportedCallbackException refused) {
            AuthException failed = new AuthException("the container refused the caller");
            failed.initCause(refused);
            throw failed;
        }
    }
}
