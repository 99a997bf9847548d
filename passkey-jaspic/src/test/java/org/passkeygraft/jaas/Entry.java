package org.passkeygraft.jaas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/** A JAAS entry, line by line, for the JDK's own LoginContext. */
final class Entry extends Configuration {
    private final List<AppConfigurationEntry> lines = new ArrayList<>();

    Entry ours(String flag, Map<String, ?> options) {
        return line(PasskeyLoginModule.class, flag, options);
    }

    Entry ours(String flag) {
        return ours(flag, Map.of());
    }

    Entry password(String flag) {
        return line(PasswordModule.class, flag, Map.of());
    }

    Entry line(Class<?> module, String flag, Map<String, ?> options) {
        LoginModuleControlFlag control = switch (flag) {
            case "required" -> LoginModuleControlFlag.REQUIRED;
            case "requisite" -> LoginModuleControlFlag.REQUISITE;
            case "sufficient" -> LoginModuleControlFlag.SUFFICIENT;
            case "optional" -> LoginModuleControlFlag.OPTIONAL;
            default -> throw new IllegalArgumentException(flag);
        };
        lines.add(new AppConfigurationEntry(module.getName(), control, options));
        return this;
    }

    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return lines.toArray(AppConfigurationEntry[]::new);
    }

    LoginContext context(Subject subject, @Nullable CallbackHandler handler) throws LoginException {
        return new LoginContext("any", subject, handler, this);
    }

    /** What a login form sends. */
    static CallbackHandler form(String name, String password) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback asked) {
                    asked.setName(name);
                } else if (callback instanceof PasswordCallback asked) {
                    asked.setPassword(password.toCharArray());
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        };
    }
}
