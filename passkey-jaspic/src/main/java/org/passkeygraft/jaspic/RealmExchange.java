package org.passkeygraft.jaspic;

import jakarta.security.auth.message.callback.PasswordValidationCallback;
import java.io.IOException;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.UnavailableException;

/**
 * Asks the container's realm by a PasswordValidationCallback (Jakarta Authentication 3.0, section 1.5 and the Servlet
 * Container Profile's section 3.5). It is asked about a Subject of its own: what a container puts there is read, and never
 * reaches the request, so that a checked password alone logs nobody on, on this request or on the thread's next one.
 */
final class RealmExchange implements ContainerRealm {
    private final CallbackHandler handler;

    RealmExchange(CallbackHandler handler) {
        this.handler = handler;
    }

    @Override
    public Optional<Caller> caller(String username, char[] password) {
        Subject subject = new Subject();
        PasswordValidationCallback question = new PasswordValidationCallback(subject, username, password.clone());
        try {
            handler.handle(new Callback[] {question});
            // Only the result counts: containers have put principals into the Subject of a wrong password (T-86).
            return question.getResult() ? Optional.of(RealmSubject.caller(subject, username)) : Optional.empty();
        } catch (IOException | UnsupportedCallbackException | RuntimeException e) {
            // Whatever breaks in a realm is an accident of the moment, never an answer.
            throw new UnavailableException("the container does not check passwords", e);
        } finally {
            question.clearPassword();
        }
    }
}
