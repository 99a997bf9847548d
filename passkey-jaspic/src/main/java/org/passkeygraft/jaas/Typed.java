package org.passkeygraft.jaas;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.LogonRequest;

/** What somebody typed, or a page of ours filled in. Wiped when it is closed; never becomes a text unless it is a ticket. */
final class Typed implements AutoCloseable {
    /** Keys that LoginModules agree on, since the ones of the JDK use them. */
    private static final String SHARED_NAME = "javax.security.auth.login.name";

    private static final String SHARED_PASSWORD = "javax.security.auth.login.password";
    /** Payara and GlassFish answer callbacks with null and put this among the Subject's private credentials. */
    private static final String PASSWORD_CREDENTIAL =
            "com.sun.enterprise.security.auth.login.common.PasswordCredential";

    private static final Typed NOTHING = new Typed("", new char[0]);

    private final String name;
    private final char[] secret;

    private Typed(String name, char[] secret) {
        this.name = name;
        this.secret = secret;
    }

    /** From where the options say; nothing at all if this kind of logon has no name and password. */
    static Typed read(
            ModuleOptions options, @Nullable CallbackHandler handler, Map<String, ?> sharedState, Subject subject)
            throws LoginException {
        Optional<Typed> shared =
                options.useFirstPass() || options.tryFirstPass() ? shared(sharedState) : Optional.empty();
        if (shared.isPresent() || options.useFirstPass()) {
            return shared.orElse(NOTHING);
        }
        return asked(handler).or(() -> credential(subject)).orElse(NOTHING);
    }

    /** The name that an earlier module found, whatever kind of object it took for it. */
    static Optional<String> sharedName(Map<String, ?> sharedState) {
        Object name = sharedState.get(SHARED_NAME);
        return Optional.ofNullable(name)
                .map(found ->
                        found instanceof java.security.Principal principal ? principal.getName() : found.toString());
    }

    /** Takes a ticket out of the shared state, where an earlier module may have put it for a later one. */
    static void removeTicket(Map<String, ?> sharedState) {
        try (Typed left = shared(sharedState).orElse(NOTHING)) {
            if (left.isTicket()) {
                Object password = sharedState.remove(SHARED_PASSWORD);
                if (password instanceof char[] characters) {
                    Arrays.fill(characters, '\0');
                }
            }
        }
    }

    private static Optional<Typed> shared(Map<String, ?> sharedState) {
        Object password = sharedState.get(SHARED_PASSWORD);
        return password == null
                ? Optional.empty()
                : Optional.of(new Typed(sharedName(sharedState).orElse(""), characters(password)));
    }

    private static Optional<Typed> asked(@Nullable CallbackHandler handler) throws LoginException {
        if (handler == null) {
            return Optional.empty();
        }
        NameCallback name = new NameCallback("User name: ");
        PasswordCallback password = new PasswordCallback("Password: ", false);
        try {
            handler.handle(new Callback[] {name, password});
            char[] secret = password.getPassword();
            return secret == null
                    ? Optional.empty()
                    : Optional.of(new Typed(Optional.ofNullable(name.getName()).orElse(""), secret));
        } catch (UnsupportedCallbackException otherKindOfLogon) {
            return Optional.empty();
        } catch (IOException broken) {
            throw (LoginException) new LoginException("name and password cannot be asked for").initCause(broken);
        } finally {
            password.clearPassword();
        }
    }

    private static Optional<Typed> credential(Subject subject) {
        return subject.getPrivateCredentials().stream()
                .filter(credential -> credential.getClass().getName().equals(PASSWORD_CREDENTIAL))
                .findFirst()
                .flatMap(Typed::credential);
    }

    private static Optional<Typed> credential(Object credential) {
        try {
            Object name = credential.getClass().getMethod("getUser").invoke(credential);
            Object secret = credential.getClass().getMethod("getPassword").invoke(credential);
            return name == null || secret == null
                    ? Optional.empty()
                    : Optional.of(new Typed(name.toString(), characters(secret)));
        } catch (ReflectiveOperationException anotherVersion) {
            return Optional.empty();
        }
    }

    private static char[] characters(Object password) {
        return password instanceof char[] characters
                ? characters.clone()
                : password.toString().toCharArray();
    }

    boolean isTicket() {
        return LogonRequest.Ticket.isTicket(secret);
    }

    String name() {
        return name;
    }

    /** The ticket as a text; only for what {@link #isTicket}. */
    String ticket() {
        return new String(secret);
    }

    @Override
    public void close() {
        Arrays.fill(secret, '\0');
    }
}
