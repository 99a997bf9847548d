package org.passkeygraft.accounts;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.TextOutputCallback;
import javax.security.auth.callback.UnsupportedCallbackException;

/** Gives login modules one name and one password. The password is copied; whoever made it wipes it. */
record PasswordCallbacks(String username, Password password) implements CallbackHandler {
    private static final String STANDARD = "javax.security.auth.callback.";

    PasswordCallbacks(String username, char[] password) {
        this(username, new Password(password));
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(username);
            } else if (callback instanceof PasswordCallback secret) {
                secret.setPassword(password.characters());
            } else if (isQuestion(callback)) {
                throw new UnsupportedCallbackException(callback, "only a name and a password can be given");
            }
        }
    }

    /** Modules made for one container ask for things of its own beside, and do without (Jetty's ObjectCallback). */
    private static boolean isQuestion(Callback callback) {
        return callback.getClass().getName().startsWith(STANDARD) && !(callback instanceof TextOutputCallback);
    }

    /** A password that does not print. */
    static final class Password {
        private final char[] characters;

        Password(char[] characters) {
            this.characters = characters;
        }

        /** PasswordCallback makes its own copy. */
        char[] characters() {
            return characters;
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
