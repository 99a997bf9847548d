package org.passkeygraft.jaspic;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.servlet.http.HttpServletResponse;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.passkeygraft.http.Challenge;

/**
 * A message exchange with Jetty 12's bridge, which differs from the specification in these points (measured on 12.0.31):
 *
 * <ul>
 *   <li>it never says whether a request is mandatory: it asks early, with a response, for what is protected, and late,
 *       with a stand-in for the response, when somebody asks for the caller of a public request;
 *   <li>it keeps callbacks per thread until the next success: one made before any other status would log the next request
 *       of that thread on as this caller, so an anonymous request makes none at all;
 *   <li>from the second request of a connection on it gives a response that is still closed: emptying the buffer opens it;
 *   <li>it leaves the exchange open after a challenge, and the next request of the connection would hang: we complete it.
 * </ul>
 */
final class JettyExchange extends MessageExchange {
    private final JettyBridge jetty;

    JettyExchange(MessageInfo messageInfo, Subject subject, CallbackHandler handler, JettyBridge jetty) {
        super(messageInfo, subject, handler);
        this.jetty = jetty;
    }

    @Override
    boolean isMandatory() {
        return !jetty.isDeferred(messageInfo());
    }

    @Override
    AuthStatus passAnonymous() {
        return AuthStatus.SUCCESS;
    }

    @Override
    AuthStatus send(Challenge challenge) throws AuthException {
        if (!isMandatory()) {
            // Somebody only asked who the caller is: nobody. There is no response to write to.
            return AuthStatus.SUCCESS;
        }
        ((HttpServletResponse) messageInfo().getResponseMessage()).resetBuffer();
        AuthStatus status = super.send(challenge);
        jetty.complete(messageInfo());
        return status;
    }
}
