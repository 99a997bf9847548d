package org.passkeygraft.jaas;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;

/** What this module put into a Subject, and nothing that was there before: only that may it take out again. */
final class AddedPrincipals {
    private static final String READ_ONLY = "the Subject is read-only";

    private final List<Principal> added = new ArrayList<>();

    /** All of them, or none. */
    void addTo(Subject subject, List<Principal> principals) throws LoginException {
        if (subject.isReadOnly()) {
            throw new LoginException(READ_ONLY);
        }
        Set<Principal> present = subject.getPrincipals();
        try {
            for (Principal principal : principals) {
                if (present.add(principal)) {
                    added.add(principal);
                }
            }
        } catch (RuntimeException refused) {
            removeFrom(subject);
            throw (LoginException) new LoginException("the Subject takes no principals").initCause(refused);
        }
    }

    /** Leaves nothing behind; a second time there is nothing left to do. */
    void removeFrom(Subject subject) throws LoginException {
        if (!added.isEmpty() && subject.isReadOnly()) {
            added.clear();
            throw new LoginException(READ_ONLY);
        }
        added.forEach(subject.getPrincipals()::remove);
        added.clear();
    }
}
