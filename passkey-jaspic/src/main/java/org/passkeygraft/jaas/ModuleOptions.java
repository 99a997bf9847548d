package org.passkeygraft.jaas;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * The options of one line of a JAAS entry.
 *
 * @param contextPath of the application whose tickets count; null where only one can be meant
 * @param userClass of the caller's principal; null for {@link CallerPrincipal}
 * @param roleClass of the groups' principals; null for {@link GroupPrincipal}
 * @param useFirstPass name and password are what an earlier module left in the shared state
 * @param tryFirstPass the same, but the callbacks are asked where nothing was left
 * @param guard refuses every ticket: stands between a {@code sufficient} module and the next one
 * @param delegate class of the module that is asked about everything that is no ticket; null for none
 * @param delegateOptions its options
 */
record ModuleOptions(
        @Nullable String contextPath,
        @Nullable String userClass,
        @Nullable String roleClass,
        boolean useFirstPass,
        boolean tryFirstPass,
        boolean guard,
        @Nullable String delegate,
        Map<String, Object> delegateOptions) {
    static final ModuleOptions NONE = new ModuleOptions(null, null, null, false, false, false, null, Map.of());

    private static final String DELEGATE_PREFIX = "delegate.";
    private static final Set<String> KNOWN = new TreeSet<>(
            Set.of("application", "userClass", "roleClass", "useFirstPass", "tryFirstPass", "guard", "delegate"));

    static ModuleOptions of(Map<String, ?> options) throws LoginException {
        Map<String, Object> delegateOptions = new TreeMap<>();
        for (Map.Entry<String, ?> option : options.entrySet()) {
            String name = option.getKey();
            if (name.startsWith(DELEGATE_PREFIX)) {
                delegateOptions.put(name.substring(DELEGATE_PREFIX.length()), option.getValue());
            } else if (!KNOWN.contains(name)) {
                throw bad("there is no option " + name + ": write one of " + KNOWN + " or delegate.<option>");
            }
        }
        return checked(new ModuleOptions(
                contextPath(text(options, "application")),
                text(options, "userClass"),
                text(options, "roleClass"),
                flag(options, "useFirstPass"),
                flag(options, "tryFirstPass"),
                flag(options, "guard"),
                text(options, "delegate"),
                Map.copyOf(delegateOptions)));
    }

    private static ModuleOptions checked(ModuleOptions options) throws LoginException {
        if (options.delegate() == null && !options.delegateOptions().isEmpty()) {
            throw bad(
                    "delegate." + options.delegateOptions().keySet().iterator().next()
                            + " is set, but not delegate: name the class of the module that checks passwords");
        }
        if (options.delegate() != null && options.guard()) {
            throw bad("guard and delegate exclude each other: a delegate needs no guard");
        }
        return options;
    }

    /** As the servlet context tells it: empty for the root. */
    private static @Nullable String contextPath(@Nullable String application) throws LoginException {
        if (application == null || application.equals("/")) {
            return application == null ? null : "";
        }
        if (!application.startsWith("/")) {
            throw bad("application is \"" + application + "\": write the context path, such as /intranet");
        }
        return application;
    }

    private static @Nullable String text(Map<String, ?> options, String name) throws LoginException {
        Object value = options.get(name);
        if (value == null) {
            return null;
        }
        String text = value.toString().strip();
        if (text.isEmpty()) {
            throw bad(name + " is empty: give it a value, or leave it out");
        }
        return text;
    }

    private static boolean flag(Map<String, ?> options, String name) throws LoginException {
        String text = text(options, name);
        if (text != null && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw bad(name + " is \"" + text + "\": write true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static LoginException bad(String remedy) {
        return new LoginException("the JAAS entry of PasskeyLoginModule cannot be used: " + remedy);
    }
}
