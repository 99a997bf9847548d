package org.passkeygraft.jaas;

import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.spi.LoginModule;

/** Puts its options into the shared state, as modules with {@code storePass} do, and tells what is there at the end. */
public final class SharingModule implements LoginModule {
    /** What was in the shared state when the last instance was asked to log in or to commit. */
    static final Map<String, Object> SEEN = new HashMap<>();

    private Map<String, Object> sharedState = new HashMap<>();
    private Map<String, ?> options = Map.of();

    @Override
    @SuppressWarnings("unchecked") // the contract says "?" for what every module writes into
    public void initialize(
            Subject subject, CallbackHandler handler, Map<String, ?> newSharedState, Map<String, ?> newOptions) {
        sharedState = (Map<String, Object>) newSharedState;
        options = newOptions;
    }

    @Override
    public boolean login() {
        options.forEach((name, value) -> {
            if (name.equals("name")) {
                sharedState.put("javax.security.auth.login.name", value);
            } else if (name.equals("password")) {
                sharedState.put(
                        "javax.security.auth.login.password", value.toString().toCharArray());
            }
        });
        SEEN.clear();
        SEEN.putAll(sharedState);
        return true;
    }

    @Override
    public boolean commit() {
        SEEN.clear();
        SEEN.putAll(sharedState);
        return true;
    }

    @Override
    public boolean abort() {
        SEEN.clear();
        SEEN.putAll(sharedState);
        return true;
    }

    @Override
    public boolean logout() {
        return true;
    }
}
