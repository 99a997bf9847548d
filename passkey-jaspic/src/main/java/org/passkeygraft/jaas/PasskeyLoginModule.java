package org.passkeygraft.jaas;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Client;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.engine.OpenRuntimes;
import org.passkeygraft.engine.PasskeyRuntime;

/**
 * The JAAS door: trades a logon ticket, sent as the password of the application's own login form, for the caller and the
 * groups that the accounts say now. Whatever is no ticket is not for this module: it is ignored, or handed to the module
 * named by the option {@code delegate}.
 *
 * <p>Whatever looks like a ticket ends here. As the only module of an entry, with the module that checks passwords as its
 * delegate, that holds by itself:
 *
 * <pre>{@code
 * intranet {
 *   org.passkeygraft.jaas.PasskeyLoginModule required
 *     delegate="com.example.PasswordModule" delegate.url="jdbc:...";
 * };
 * }</pre>
 *
 * In a stack, where {@link javax.security.auth.login.LoginContext} goes on behind a {@code sufficient} module that failed,
 * a second line stops what the first has refused:
 *
 * <pre>{@code
 *   org.passkeygraft.jaas.PasskeyLoginModule sufficient;
 *   org.passkeygraft.jaas.PasskeyLoginModule requisite guard=true;
 *   com.example.PasswordModule required;
 * }</pre>
 *
 * One instance serves one logon, by one thread at a time, as the contract of {@link LoginModule} has it.
 */
public final class PasskeyLoginModule implements LoginModule {
    private static final System.Logger LOG = System.getLogger(PasskeyLoginModule.class.getName());
    /** A LoginModule is told nothing of the request; the audit trail has the address where the ticket was issued. */
    private static final Client UNKNOWN_CLIENT = new Client("", "");

    private final AddedPrincipals added = new AddedPrincipals();
    private Subject subject = new Subject();
    private @Nullable CallbackHandler handler;
    private Map<String, ?> sharedState = Map.of();
    private ModuleOptions options = ModuleOptions.NONE;
    private @Nullable LoginModule delegate;
    private @Nullable LoginException misconfigured = new LoginException("initialize was not called");
    private State state = State.NOBODY;
    private List<Principal> principals = List.of();

    /** Who is to go on with what {@link #login} found. */
    private enum State {
        NOBODY,
        TICKET,
        DELEGATE
    }

    @Override
    public void initialize(
            Subject newSubject,
            @Nullable CallbackHandler newHandler,
            Map<String, ?> newSharedState,
            Map<String, ?> newOptions) {
        subject = newSubject;
        handler = newHandler;
        sharedState = newSharedState;
        delegate = null;
        try {
            options = ModuleOptions.of(newOptions);
            if (options.delegate() != null) {
                LoginModule other = NamedClasses.module(options.delegate());
                other.initialize(newSubject, newHandler, newSharedState, options.delegateOptions());
                delegate = other;
            }
            misconfigured = null;
        } catch (LoginException problem) {
            // initialize can tell nobody; login is called next, and does.
            misconfigured = problem;
        }
    }

    /**
     * Phase one.
     *
     * @return false if what was typed is no ticket and there is no delegate: this module is to be ignored
     * @throws LoginException if it is a ticket and not good for this name, if nobody can tell now, or if the JAAS entry is
     *     wrong, and then for every logon; else as the delegate says
     */
    @Override
    public boolean login() throws LoginException {
        forget();
        if (misconfigured != null) {
            throw misconfigured;
        }
        try (Typed typed = Typed.read(options, handler, sharedState, subject)) {
            Typed.removeTicket(sharedState);
            if (typed.isTicket()) {
                principals = redeem(typed);
                state = State.TICKET;
                return true;
            }
        }
        if (delegate == null) {
            return false;
        }
        state = State.DELEGATE;
        return delegate.login();
    }

    private List<Principal> redeem(Typed typed) throws LoginException {
        if (options.guard()) {
            throw new FailedLoginException("the logon was refused");
        }
        PasskeyRuntime runtime = OpenRuntimes.find(options.contextPath())
                .orElseThrow(
                        () -> new LoginException(
                                "no application with passkeys can be told for sure:"
                                        + " did it start? If several share this jar, write the option application with the context path"));
        LogonResult result;
        try {
            result = runtime.authentication()
                    .authenticate(new LogonRequest.Ticket(username(typed), typed.ticket(), UNKNOWN_CLIENT));
        } catch (UnavailableException databaseDown) {
            throw (LoginException) new LoginException("the logon cannot be decided now").initCause(databaseDown);
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "a logon ticket could not be decided", defect);
            throw (LoginException) new LoginException("the logon cannot be decided").initCause(defect);
        }
        if (result instanceof LogonResult.Accepted accepted) {
            return NamedClasses.principals(accepted.caller(), options);
        }
        throw new FailedLoginException("the logon was refused");
    }

    /** Where an earlier module has logged on somebody else, the ticket is nobody's: refused, spent and audited (T-93). */
    private String username(Typed typed) {
        boolean another = Typed.sharedName(sharedState)
                .filter(name -> !name.equals(typed.name()))
                .isPresent();
        return another ? "" : typed.name();
    }

    /** Phase two, where every module that had to agree has: only now the Subject learns of the caller. */
    @Override
    public boolean commit() throws LoginException {
        if (state == State.DELEGATE && delegate != null) {
            return delegate.commit();
        }
        if (state != State.TICKET) {
            return false;
        }
        try {
            added.addTo(subject, principals);
            return true;
        } catch (LoginException refused) {
            forget();
            throw refused;
        }
    }

    /** Phase two, where another module did not agree. */
    @Override
    public boolean abort() throws LoginException {
        State before = state;
        forget();
        if (before == State.DELEGATE && delegate != null) {
            return delegate.abort();
        }
        added.removeFrom(subject);
        return before == State.TICKET;
    }

    /** Takes out of the Subject what this module has put there. A second time there is nothing left to do. */
    @Override
    public boolean logout() throws LoginException {
        State before = state;
        forget();
        added.removeFrom(subject);
        return before == State.TICKET || delegate == null || delegate.logout();
    }

    private void forget() {
        state = State.NOBODY;
        principals = List.of();
    }
}
